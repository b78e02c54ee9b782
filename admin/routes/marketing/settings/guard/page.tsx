import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { MarketingPage } from "../../../../components/marketing-page"
import { SettingsTabs } from "../components/settings-tabs"
import { BudgetsSection } from "./components/budgets-section"
import { CapabilitiesSection } from "./components/capabilities-section"
import { GuardSection } from "./components/guard-section"

const GuardPage = () => (
  <>
    <MarketingPage>
      <SettingsTabs />
      <CapabilitiesSection />
      <GuardSection />
      <BudgetsSection />
    </MarketingPage>
    <Outlet />
  </>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("settingsTabs.guard")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default GuardPage
