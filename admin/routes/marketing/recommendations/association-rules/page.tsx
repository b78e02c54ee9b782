import { useTranslation } from "react-i18next"
import { MarketingPage } from "../../../../components/marketing-page"
import { AssociationRulesSection } from "../components/association-rules-section"
import { RecommendationsTabs } from "../components/recommendations-tabs"

const AssociationRulesPage = () => (
  <MarketingPage>
    <RecommendationsTabs />
    <AssociationRulesSection />
  </MarketingPage>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("associations.title")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default AssociationRulesPage
