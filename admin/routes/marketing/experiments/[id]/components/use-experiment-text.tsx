import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { ExperimentSummary, ExperimentVerdict, MetricName } from "../../../../../../src/types/http"
import { useFormat } from "../../../../../hooks/use-format"
import { useMetricText } from "../../../../../hooks/use-metric-text"

type Reason = ExperimentVerdict["reasons"][number]

/** Names of this experiment's arms, and the reasons of its verdict as sentences. */
export function useExperimentText({ arms, currency_code }: ExperimentSummary) {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const metric = useMetricText()

  return useMemo(() => {
    const arm = (key: string) => arms.find((one) => one.key === key)?.name ?? key
    const written = ({ data }: Reason): Record<string, string> => {
      const name = data.metric as MetricName | undefined
      const bound = (value: number) =>
        data.relative === "no" && name
          ? metric.value(name, value, currency_code)
          : format.signedPercent(value)
      return Object.fromEntries(
        Object.entries(data).map(([key, value]) => {
          if (key === "metric") return [key, metric.nameInText(value as MetricName)]
          if (key === "arm") return [key, arm(String(value))]
          if (typeof value !== "number") return [key, value]
          if (key === "low" || key === "high") return [key, bound(value)]
          if (key === "minimum_effect") return [key, format.percent(value)]
          if (key === "p") return [key, format.pValue(value)]
          return [key, format.number(value)]
        }),
      )
    }
    return {
      arm,
      reason: (reason: Reason) =>
        t(`experiments.reasons.${reason.key}`, { ...written(reason), defaultValue: reason.key }),
    }
  }, [t, format, metric, arms, currency_code])
}
