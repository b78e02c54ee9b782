import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { IntervalOf, MetricName } from "../../src/types/http"
import { MONEY_METRICS } from "../lib/experiment-draft"
import { useFormat } from "./use-format"

const SHARES: readonly MetricName[] = ["conversion", "returns", "unsubscribes"]

/** Values of an experiment's metrics as they are read: shares, counts a person, or money. */
export function useMetricText() {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(() => {
    const value = (metric: MetricName, amount: number, currency: string | null) =>
      MONEY_METRICS.includes(metric) && currency
        ? format.money(amount, currency)
        : SHARES.includes(metric)
          ? format.finerPercent(amount)
          : format.precise(amount)
    const range = ({ low, high }: { low: number; high: number }, text: (value: number) => string) =>
      t("general.interval", { low: text(low), high: text(high) })
    return {
      name: (metric: MetricName) => t(`experiments.metrics.${metric}.label`),
      /** Within a sentence. */
      nameInText: (metric: MetricName) => t(`experiments.metrics.${metric}.inText`),
      value,
      range,
      lift: (lift: IntervalOf) => `${format.signedPercent(lift.value)} ${range(lift, format.signedPercent)}`,
    }
  }, [t, format])
}
