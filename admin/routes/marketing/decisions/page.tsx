import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useTranslation } from "react-i18next"
import { MarketingPage } from "../../../components/marketing-page"
import { DecisionsSection } from "./components/decisions-section"
import { DecisionsTabs } from "./components/decisions-tabs"

const DecisionsPage = () => (
  <MarketingPage>
    <DecisionsTabs />
    <DecisionsSection />
  </MarketingPage>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("menu.decisions")
}

export const config = defineRouteConfig({
  label: "menu.decisions",
  translationNs: "marketing",
  rank: 40,
})

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default DecisionsPage
