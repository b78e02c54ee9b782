import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { MarketingPage } from "../../../components/marketing-page"
import { ExperimentsSection } from "./components/experiments-section"

const ExperimentsPage = () => (
  <>
    <MarketingPage>
      <ExperimentsSection />
    </MarketingPage>
    <Outlet />
  </>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("experiments.title")
}

export const config = defineRouteConfig({
  label: "experiments.title",
  translationNs: "marketing",
  rank: 50,
})

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default ExperimentsPage
