import { Badge, StatusBadge, Table } from "@medusajs/ui"
import { Fragment } from "react"
import { useTranslation } from "react-i18next"
import type { ArmMetric, MetricResult } from "../../../../../../src/types/http"
import { HelpTip } from "../../../../../components/help-tip"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { useMetricText } from "../../../../../hooks/use-metric-text"
import { toneOf } from "../../../../../lib/interval-scale"
import { useExperimentText } from "./use-experiment-text"
import type { ResultProps } from "./experiment-details"

const SURE = 0.05
const TONES = { good: "green", bad: "red", open: "grey" } as const

/** All metrics of all arms, with p-values corrected for their number. */
export const MetricsSection = ({ experiment, result }: ResultProps) => {
  const { t } = useTranslation("marketing")
  return (
    <Section
      title={t("experiments.allMetrics")}
      help={<HelpTip text={t("experiments.correctedHelp")} />}
      description={t("experiments.allMetricsDescription")}
    >
      <div className="overflow-x-auto">
        <Table>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell>{t("experiments.metric")}</Table.HeaderCell>
              <Table.HeaderCell className="text-end">{t("experiments.value")}</Table.HeaderCell>
              <Table.HeaderCell className="text-end">{t("experiments.lift")}</Table.HeaderCell>
              <Table.HeaderCell className="text-end">{t("experiments.corrected")}</Table.HeaderCell>
              <Table.HeaderCell>{t("experiments.says")}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {result.metrics.map((found) => (
              <Fragment key={found.metric}>
                {found.arms.map((arm, at) => (
                  <Row
                    key={arm.arm}
                    experiment={experiment}
                    found={found}
                    arm={arm}
                    first={at === 0}
                    primary={found.metric === experiment.primary_metric}
                  />
                ))}
              </Fragment>
            ))}
          </Table.Body>
        </Table>
      </div>
    </Section>
  )
}

interface RowProps extends Pick<ResultProps, "experiment"> {
  found: MetricResult
  arm: ArmMetric
  first: boolean
  primary: boolean
}

const Row = ({ experiment, found, arm, first, primary }: RowProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const metric = useMetricText()
  const text = useExperimentText(experiment)
  const { lift, difference, p_corrected } = arm
  const interval = lift ?? difference
  const sure = p_corrected !== null && p_corrected < SURE
  const tone = sure ? toneOf(interval, found.lower_is_better) : "open"

  return (
    <Table.Row>
      <Table.Cell className="whitespace-nowrap align-bottom">
        <span className="flex flex-col py-2">
          {first && (
            <span className="txt-compact-small-plus text-ui-fg-base flex items-center gap-x-1.5 pb-1">
              {metric.name(found.metric)}
              {primary && <Badge size="2xsmall">{t("experiments.isPrimary")}</Badge>}
              {found.guard_rail && <Badge size="2xsmall">{t("experiments.isGuardRail")}</Badge>}
              {found.winsorised && (
                <HelpTip
                  text={t("experiments.winsorised", {
                    count: found.winsorised.units,
                    at: metric.value(found.metric, found.winsorised.at, found.currency_code),
                    units: format.number(found.winsorised.units),
                  })}
                />
              )}
            </span>
          )}
          <span className="text-ui-fg-subtle">{text.arm(arm.arm)}</span>
        </span>
      </Table.Cell>
      <Table.Cell className="text-end align-bottom tabular-nums">
        <span className="block py-2">
          {arm.mean === null ? "–" : metric.value(found.metric, arm.mean, found.currency_code)}
        </span>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap text-end align-bottom tabular-nums">
        <span className="block py-2">
          {lift
            ? metric.lift(lift)
            : difference
              ? `${metric.value(found.metric, difference.value, found.currency_code)} ${metric.range(
                  difference,
                  (value) => metric.value(found.metric, value, found.currency_code),
                )}`
              : "–"}
        </span>
      </Table.Cell>
      <Table.Cell className="text-end align-bottom tabular-nums">
        <span className="block py-2">{p_corrected === null ? "–" : format.small(p_corrected)}</span>
      </Table.Cell>
      <Table.Cell className="align-bottom">
        {interval && (
          <span className="block py-2">
            <StatusBadge color={TONES[tone]} className="whitespace-nowrap">
              {t(`experiments.tones.${tone}`)}
            </StatusBadge>
          </span>
        )}
      </Table.Cell>
    </Table.Row>
  )
}
