import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ModelSummary } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { hitRateOf } from "../lib/hit-rate"
import { HelpTip } from "./help-tip"
import { IntervalBar } from "./interval-bar"

/** The model's hit rate on purchases it had not seen, with its interval, beside showing everyone the best sellers. */
export const HitRateChart = ({ metrics }: { metrics: ModelSummary["metrics"] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  const rate = hitRateOf(metrics)
  if (!rate) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4 text-pretty">
        {t("hitRate.unmeasured")}
      </Text>
    )
  }
  const { learned, low, high, popularity, ratio } = rate
  // A fixed full scale would flatten hit rates, which are small numbers.
  const scale = Math.max(high, popularity ?? 0, 0.01) * 1.1
  const interval = (from: string, to: string) => t("hitRate.interval", { low: from, high: to })

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex items-center gap-x-1.5">
        <Text size="small" leading="compact" weight="plus">
          {t("hitRate.title")}
        </Text>
        <HelpTip text={t("hitRate.help")} />
      </div>
      <IntervalBar
        label={t("hitRate.model")}
        value={format.percent(learned)}
        detail={high > low ? interval(format.percent(low), format.percent(high)) : undefined}
        share={learned / scale}
        interval={high > low ? [low / scale, high / scale] : undefined}
        color="var(--tag-blue-icon)"
      />
      {popularity !== null && (
        <IntervalBar
          label={t("hitRate.popularity")}
          value={format.percent(popularity)}
          share={popularity / scale}
          color="var(--fg-muted)"
        />
      )}
      {ratio && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t(ratio.value >= 1 ? "hitRate.better" : "hitRate.worse", { ratio: format.decimal(ratio.value) })}{" "}
          {ratio.high > ratio.low && (
            <span className="text-ui-fg-muted">
              {interval(format.decimal(ratio.low), format.decimal(ratio.high))}
            </span>
          )}
        </Text>
      )}
    </div>
  )
}
