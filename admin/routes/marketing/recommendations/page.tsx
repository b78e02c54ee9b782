import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { MarketingPage } from "../../../components/marketing-page"
import { PlacementsSection } from "./components/placements-section"
import { RecommendationsTabs } from "./components/recommendations-tabs"

const RecommendationsPage = () => (
  <>
    <MarketingPage>
      <RecommendationsTabs />
      <PlacementsSection />
    </MarketingPage>
    <Outlet />
  </>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("menu.recommendations")
}

export const config = defineRouteConfig({
  label: "menu.recommendations",
  translationNs: "marketing",
  rank: 20,
})

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default RecommendationsPage
