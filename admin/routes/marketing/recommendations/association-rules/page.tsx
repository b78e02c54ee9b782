import { useTranslation } from "react-i18next"
import { AssociationRulesSection } from "../components/association-rules-section"
import { RecommendationsTabs } from "../components/recommendations-tabs"

const AssociationRulesPage = () => (
  <div className="flex w-full flex-col gap-y-3">
    <RecommendationsTabs />
    <AssociationRulesSection />
  </div>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("associations.title")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default AssociationRulesPage
