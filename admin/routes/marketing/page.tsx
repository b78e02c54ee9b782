import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Target } from "@medusajs/icons"
import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Outlet } from "react-router-dom"
import { KillSwitchSection } from "../../components/kill-switch-section"
import { LoadError } from "../../components/load-error"
import { MarketingPage } from "../../components/marketing-page"
import { SectionSkeleton } from "../../components/skeletons"
import { useOverview } from "../../hooks/api/overview"
import { ActiveModelSection } from "./components/active-model-section"
import { AlertsSection } from "./components/alerts-section"
import { BackfillSection } from "./components/backfill-section"
import { BudgetsBurnSection } from "./components/budgets-burn-section"
import { CoverageSection } from "./components/coverage-section"
import { DecisionsOverviewSection } from "./components/decisions-overview-section"
import { EventsSection } from "./components/events-section"
import { HealthSection } from "./components/health-section"
import { ImpactSection } from "./components/impact-section"
import { ImportsSection } from "./components/imports-section"
import { QueueSection } from "./components/queue-section"
import { ReadinessSection } from "./components/readiness-section"
import { SetupSection } from "./components/setup-section"

const COLUMNS = "flex w-full flex-col items-start gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]"

/** In the order in which a merchant needs it: what it earned, what waits for a person, what was decided, then how the machine is. */
const OverviewPage = () => {
  const { overview, isPending, error, refetch } = useOverview()

  return (
    <>
      <MarketingPage>
        {isPending ? (
          // The first steps may or may not stand at the top: nothing below them is drawn before that is known.
          <OverviewSkeleton />
        ) : (
          <>
            {overview && <SetupSection overview={overview} />}
            <ImpactSection />
            <div className={COLUMNS}>
              <div className="flex w-full min-w-0 flex-col gap-y-3">
                <AlertsSection />
                <DecisionsOverviewSection />
                <BudgetsBurnSection />
                {overview && (
                  <>
                    <EventsSection events={overview.events} />
                    <CoverageSection coverage={overview.coverage} />
                    <ImportsSection latest={overview.import} />
                  </>
                )}
              </div>
              <div className="flex w-full flex-col gap-y-3">
                <QueueSection />
                {overview ? (
                  <>
                    <HealthSection health={overview.health} />
                    <ReadinessSection readiness={overview.readiness} />
                    <ActiveModelSection model={overview.active_model} training={overview.training} />
                    <BackfillSection backfill={overview.backfill} />
                  </>
                ) : (
                  <Container className="p-0">
                    <LoadError error={error} onRetry={() => void refetch()} />
                  </Container>
                )}
              </div>
            </div>
          </>
        )}
        <KillSwitchSection />
      </MarketingPage>
      <Outlet />
    </>
  )
}

const OverviewSkeleton = () => (
  <div className="flex w-full flex-col gap-y-3" aria-busy>
    <SectionSkeleton rows={3} />
    <div className={COLUMNS}>
      <div className="flex w-full min-w-0 flex-col gap-y-3">
        <SectionSkeleton rows={2} />
        <SectionSkeleton rows={6} />
      </div>
      <div className="flex w-full flex-col gap-y-3">
        <SectionSkeleton rows={5} />
        <SectionSkeleton rows={3} />
      </div>
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
