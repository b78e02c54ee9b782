import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { LoadError } from "../../../../components/load-error"
import { MarketingPage } from "../../../../components/marketing-page"
import { SectionSkeleton } from "../../../../components/skeletons"
import { useOverview } from "../../../../hooks/api/overview"
import { ActiveModelSection } from "../../components/active-model-section"
import { ModelHistorySection } from "../components/model-history-section"
import { ModelsSection } from "../components/models-section"
import { RecommendationsTabs } from "../components/recommendations-tabs"
import { TrainingRunsSection } from "../components/training-runs-section"
import { ReplaysSection } from "../components/replays-section"

const ModelsPage = () => {
  const { overview, isPending, error, refetch } = useOverview()

  return (
    <MarketingPage>
      <RecommendationsTabs />
      {isPending ? (
        <SectionSkeleton rows={5} />
      ) : overview ? (
        <div className="flex w-full flex-col items-start gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]">
          <div className="flex w-full min-w-0 flex-col gap-y-3">
            <ModelHistorySection />
            <ModelsSection />
            <TrainingRunsSection />
            <ReplaysSection active={overview.active_model} />
          </div>
          <div className="flex w-full flex-col gap-y-3">
            <ActiveModelSection model={overview.active_model} training={overview.training} />
          </div>
        </div>
      ) : (
        <Container className="p-0">
          <LoadError error={error} onRetry={() => void refetch()} />
        </Container>
      )}
    </MarketingPage>
  )
}

const Breadcrumb = () => {
  const { t } = useTranslation("marketing")
  return t("models.tab")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}

export default ModelsPage
