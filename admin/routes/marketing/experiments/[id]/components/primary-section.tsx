import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ArmMetric, MetricResult } from "../../../../../../src/types/http"
import { HelpTip } from "../../../../../components/help-tip"
import { IntervalPlot } from "../../../../../components/interval-plot"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { useMetricText } from "../../../../../hooks/use-metric-text"
import { scaleOf, toneOf } from "../../../../../lib/interval-scale"
import { useExperimentText } from "./use-experiment-text"
import type { ResultProps } from "./experiment-details"

/** The primary metric of every arm against the control, both kinds of interval drawn. */
export const PrimarySection = ({ experiment, result }: ResultProps) => {
  const { t } = useTranslation("marketing")
  const metric = useMetricText()
  const found = result.metrics.find(({ metric: name }) => name === experiment.primary_metric)
  if (!found) {
    return null
  }
  const scale = scaleOf(found.arms.flatMap(({ lift, sequence }) => (lift ? [lift, sequence] : [])))

  return (
    <Section
      title={metric.name(found.metric)}
      help={<HelpTip text={t("experiments.intervalsHelp")} />}
      description={t("experiments.primaryDescription")}
    >
      <ul className="divide-y">
        {found.arms.map((arm, at) => (
          <li key={arm.arm} className="px-6 py-4">
            <ArmRow experiment={experiment} found={found} arm={arm} control={at === 0} scale={scale} />
          </li>
        ))}
      </ul>
      <Made experiment={experiment} found={found} />
    </Section>
  )
}

interface ArmRowProps extends Pick<ResultProps, "experiment"> {
  found: MetricResult
  arm: ArmMetric
  control: boolean
  scale: [number, number]
}

const ArmRow = ({ experiment, found, arm, control, scale }: ArmRowProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const metric = useMetricText()
  const text = useExperimentText(experiment)
  const { lift, sequence, chance_to_win, units, mean } = arm

  return (
    <div className="grid items-center gap-x-6 gap-y-2 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-y-0.5">
        <Text size="small" leading="compact" weight="plus" className="truncate">
          {text.arm(arm.arm)}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
          {mean === null ? "–" : metric.value(found.metric, mean, found.currency_code)} ·{" "}
          {t("experiments.people", { count: units, units: format.number(units) })}
        </Text>
      </div>
      {control ? (
        <Text size="small" className="text-ui-fg-muted">
          {t("experiments.heldAgainst")}
        </Text>
      ) : lift ? (
        <div className="flex flex-col gap-y-1.5">
          <IntervalPlot
            {...lift}
            outer={sequence}
            scale={scale}
            // Until its end only what holds at every look may colour it.
            tone={toneOf(experiment.status === "running" ? (sequence ?? lift) : lift, found.lower_is_better)}
            tall
          />
          <dl className="flex flex-wrap gap-x-5 gap-y-1">
            {(
              [
                ["liftFixed", metric.lift(lift)],
                ["liftAlways", sequence ? metric.range(sequence, format.signedPercent) : "–"],
                ["chance", chance_to_win === null ? "–" : format.chance(chance_to_win)],
              ] as const
            ).map(([name, value]) => (
              <div key={name} className="flex items-baseline gap-x-1.5">
                <dt className="txt-compact-xsmall text-ui-fg-muted">{t(`experiments.${name}`)}</dt>
                <dd className="txt-compact-small tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      ) : (
        <Text size="small" className="text-ui-fg-muted">
          {t("experiments.notYet")}
        </Text>
      )}
    </div>
  )
}

/** What was done to the figures before they were compared. */
const Made = ({ experiment, found }: Pick<ResultProps, "experiment"> & { found: MetricResult }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const metric = useMetricText()
  const cut = Math.max(0, ...found.arms.map(({ variance_reduction }) => variance_reduction))
  const { winsorised } = found

  if (cut < 0.005 && !winsorised) {
    return null
  }
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      {cut >= 0.005 && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("experiments.cuped", {
            count: experiment.covariate_days,
            share: format.wholePercent(cut),
          })}
        </Text>
      )}
      {winsorised && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("experiments.winsorised", {
            count: winsorised.units,
            at: metric.value(found.metric, winsorised.at, found.currency_code),
            units: format.number(winsorised.units),
          })}
        </Text>
      )}
    </div>
  )
}
