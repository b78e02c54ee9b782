import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Target } from "@medusajs/icons"
import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { LoadError } from "../../components/load-error"
import { SectionSkeleton } from "../../components/skeletons"
import { useOverview } from "../../hooks/api/overview"
import { ActiveModelSection } from "./components/active-model-section"
import { BackfillSection } from "./components/backfill-section"
import { CoverageSection } from "./components/coverage-section"
import { EventsSection } from "./components/events-section"
import { HealthSection } from "./components/health-section"
import { ImportsSection } from "./components/imports-section"
import { ReadinessSection } from "./components/readiness-section"
import { SetupSection } from "./components/setup-section"

const OverviewPage = () => {
  const { overview, isPending, error, refetch } = useOverview()

  return (
    <>
      {isPending ? (
        <OverviewSkeleton />
      ) : overview ? (
        <div className="flex w-full flex-col gap-y-3">
          <SetupSection overview={overview} />
          <div className="flex w-full flex-col items-start gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]">
            <div className="flex w-full min-w-0 flex-col gap-y-3">
              <EventsSection events={overview.events} />
              <CoverageSection coverage={overview.coverage} />
              <ImportsSection latest={overview.import} />
            </div>
            <div className="flex w-full flex-col gap-y-3">
              <ReadinessSection readiness={overview.readiness} />
              <ActiveModelSection model={overview.active_model} training={overview.training} />
              <BackfillSection backfill={overview.backfill} />
              <HealthSection health={overview.health} />
            </div>
          </div>
        </div>
      ) : (
        <Container className="p-0">
          <LoadError error={error} onRetry={() => void refetch()} />
        </Container>
      )}
      <Outlet />
    </>
  )
}

const OverviewSkeleton = () => (
  <div
    className="flex w-full flex-col items-start gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]"
    aria-busy
  >
    <div className="flex w-full min-w-0 flex-col gap-y-3">
      <SectionSkeleton rows={4} />
      <SectionSkeleton rows={6} />
    </div>
    <div className="flex w-full flex-col gap-y-3">
      <SectionSkeleton rows={2} />
      <SectionSkeleton rows={3} />
    </div>
  </div>
)

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("menu.root")
}

export const config = defineRouteConfig({
  label: "menu.root",
  translationNs: "marketing",
  icon: Target,
})

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default OverviewPage
