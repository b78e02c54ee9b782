import { useTranslation } from "react-i18next"
import { MarketingPage } from "../../../../components/marketing-page"
import { FailedSection } from "../components/failed-section"
import { DecisionsTabs } from "../components/decisions-tabs"

const FailedPage = () => (
  <MarketingPage>
    <DecisionsTabs />
    <FailedSection />
  </MarketingPage>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("decisions.tabs.failed")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default FailedPage
