import { Select, Text } from "@medusajs/ui"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { HelpTip } from "../../../../../components/help-tip"
import { LoadError } from "../../../../../components/load-error"
import { Section } from "../../../../../components/section"
import { Skeleton } from "../../../../../components/skeletons"
import { useExperimentHistory } from "../../../../../hooks/api/experiments"
import { useMetricText } from "../../../../../hooks/use-metric-text"
import type { ExperimentProps } from "./experiment-details"

const ExperimentHistoryChart = lazy(() => import("../../../../../components/experiment-history-chart"))

/** How the lift came about day by day, with the band that may be looked at every day. */
export const HistorySection = ({ experiment }: ExperimentProps) => {
  const { t } = useTranslation("marketing")
  const metric = useMetricText()
  const treatments = experiment.arms.slice(1)
  const [chosen, setChosen] = useState(treatments[0]?.key ?? "")
  const { history, isPending, error, refetch } = useExperimentHistory(experiment.id, true)

  return (
    <Section
      title={t("experiments.history.title")}
      help={<HelpTip text={t("experiments.history.help")} />}
      description={t("experiments.history.description", {
        metric: metric.nameInText(experiment.primary_metric),
      })}
      actions={
        treatments.length > 1 && (
          <Select size="small" value={chosen} onValueChange={setChosen}>
            <Select.Trigger aria-label={t("experiments.arm")} className="w-auto">
              <Select.Value />
            </Select.Trigger>
            <Select.Content align="end">
              {treatments.map(({ key, name }) => (
                <Select.Item key={key} value={key}>
                  {name}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        )
      }
    >
      <div className="px-6 py-4">
        {isPending ? (
          <Skeleton className="h-[240px] w-full" />
        ) : !history ? (
          <LoadError error={error} onRetry={() => void refetch()} />
        ) : history.length === 0 ? (
          <Text size="small" className="text-ui-fg-muted text-pretty">
            {t("experiments.history.none")}
          </Text>
        ) : (
          <Suspense fallback={<Skeleton className="h-[240px] w-full" />}>
            <ExperimentHistoryChart
              history={history}
              arm={chosen}
              minimumEffect={experiment.minimum_effect}
            />
          </Suspense>
        )}
      </div>
    </Section>
  )
}
