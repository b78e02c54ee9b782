import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { MarketingPage } from "../../../components/marketing-page"
import { ConsentRulesSection } from "./components/consent-rules-section"
import { RetentionSection } from "./components/retention-section"
import { SettingsTabs } from "./components/settings-tabs"
import { StorefrontSection } from "./components/storefront-section"

const SettingsPage = () => (
  <>
    <MarketingPage>
      <SettingsTabs />
      <ConsentRulesSection />
      <RetentionSection />
      <StorefrontSection />
    </MarketingPage>
    <Outlet />
  </>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("menu.settings")
}

export const config = defineRouteConfig({
  label: "menu.settings",
  translationNs: "marketing",
  rank: 90,
})

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default SettingsPage
