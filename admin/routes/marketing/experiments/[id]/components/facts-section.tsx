import { useTranslation } from "react-i18next"
import { Facts } from "../../../../../components/facts"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { useMetricText } from "../../../../../hooks/use-metric-text"
import { useTargetName } from "../../../../../hooks/use-target-name"
import type { ExperimentProps } from "./experiment-details"

export const FactsSection = ({ experiment }: ExperimentProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const metric = useMetricText()
  const targetName = useTargetName()
  const { status, started_at, ends_at, stopped_at } = experiment

  return (
    <Section title={t("experiments.facts")}>
      <Facts
        entries={[
          [t("experiments.target"), targetName(experiment.target)],
          [t("experiments.primary"), metric.name(experiment.primary_metric)],
          [t("experiments.runFields.minimum_effect.label"), format.percent(experiment.minimum_effect)],
          [t("experiments.runFields.traffic.label"), format.wholePercent(experiment.traffic)],
          status === "draft"
            ? [
                t("experiments.runFields.planned_days.label"),
                t("experiments.plannedDays", { count: experiment.planned_days }),
              ]
            : null,
          started_at ? [t("experiments.startedAt"), format.date(started_at)] : null,
          ends_at && status === "running" ? [t("experiments.endsAt"), format.date(ends_at)] : null,
          stopped_at ? [t("experiments.stoppedAt"), format.date(stopped_at)] : null,
          status === "draft" ? null : [t("experiments.units"), format.number(experiment.units)],
          [
            t("experiments.runFields.covariate_days.label"),
            experiment.covariate_days === 0
              ? t("experiments.pastUnused")
              : t("experiments.plannedDays", { count: experiment.covariate_days }),
          ],
        ]}
      />
    </Section>
  )
}
