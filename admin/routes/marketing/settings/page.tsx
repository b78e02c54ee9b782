import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { ConsentRulesSection } from "./components/consent-rules-section"
import { RetentionSection } from "./components/retention-section"
import { StorefrontSection } from "./components/storefront-section"

const SettingsPage = () => (
  <>
    <div className="flex w-full flex-col gap-y-3">
      <ConsentRulesSection />
      <RetentionSection />
      <StorefrontSection />
    </div>
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
