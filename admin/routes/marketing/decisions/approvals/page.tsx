import { useTranslation } from "react-i18next"
import { MarketingPage } from "../../../../components/marketing-page"
import { ApprovalsSection } from "../components/approvals-section"
import { DecisionsTabs } from "../components/decisions-tabs"

const ApprovalsPage = () => (
  <MarketingPage>
    <DecisionsTabs />
    <ApprovalsSection />
  </MarketingPage>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("decisions.tabs.approvals")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default ApprovalsPage
