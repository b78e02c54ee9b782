import { useTranslation } from "react-i18next"
import type { ExperimentResult, ExperimentSummary } from "../../../../../../src/types/http"
import { EmptyState } from "../../../../../components/empty-state"
import { Section } from "../../../../../components/section"
import { draftOf, planBodyOf } from "../../../../../lib/experiment-draft"
import { PlannerPanel } from "../../components/planner-panel"
import { ArmsSection } from "./arms-section"
import { ExperimentHead } from "./experiment-head"
import { FactsSection } from "./facts-section"
import { HistorySection } from "./history-section"
import { MetricsSection } from "./metrics-section"
import { PrimarySection } from "./primary-section"
import { VerdictSection } from "./verdict-section"

export interface ExperimentProps {
  experiment: ExperimentSummary
}
export interface ResultProps extends ExperimentProps {
  result: ExperimentResult
}

interface ExperimentDetailsProps extends ExperimentProps {
  result: ExperimentResult | null
}

export const ExperimentDetails = ({ experiment, result }: ExperimentDetailsProps) => (
  <div className="flex w-full flex-col items-start gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_400px]">
    <div className="flex w-full min-w-0 flex-col gap-y-3">
      <ExperimentHead experiment={experiment} result={result} />
      {experiment.status !== "draft" &&
        (result ? (
          <>
            <VerdictSection experiment={experiment} result={result} />
            <PrimarySection experiment={experiment} result={result} />
            <HistorySection experiment={experiment} />
            <MetricsSection experiment={experiment} result={result} />
          </>
        ) : (
          <NoResult />
        ))}
      <ArmsSection experiment={experiment} result={result} />
    </div>
    <div className="flex w-full flex-col gap-y-3">
      {experiment.status === "draft" && (
        <PlannerPanel body={planBodyOf(draftOf(experiment))} plannedDays={experiment.planned_days} />
      )}
      <FactsSection experiment={experiment} />
    </div>
  </div>
)

const NoResult = () => {
  const { t } = useTranslation("marketing")
  return (
    <Section title={t("experiments.results")}>
      <EmptyState title={t("experiments.noResultTitle")} message={t("experiments.noResult")} />
    </Section>
  )
}
