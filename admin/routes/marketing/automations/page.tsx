import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useTranslation } from "react-i18next"
import { MarketingPage } from "../../../components/marketing-page"
import { AutomationsSection } from "./components/automations-section"

const AutomationsPage = () => (
  <MarketingPage>
    <AutomationsSection />
  </MarketingPage>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("menu.automations")
}

export const config = defineRouteConfig({
  label: "menu.automations",
  translationNs: "marketing",
  rank: 30,
})

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default AutomationsPage
