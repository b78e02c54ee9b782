import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ModelSummary } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { hitRateOf } from "../lib/hit-rate"
import { HelpTip } from "./help-tip"

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
      <Row
        label={t("hitRate.model")}
        value={format.percent(learned)}
        detail={high > low ? interval(format.percent(low), format.percent(high)) : undefined}
        share={learned / scale}
        interval={high > low ? [low / scale, high / scale] : undefined}
        color="var(--tag-blue-icon)"
      />
      {popularity !== null && (
        <Row
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

interface RowProps {
  label: string
  value: string
  detail?: string
  share: number
  interval?: [number, number]
  color: string
}

const Row = ({ label, value, detail, share, interval, color }: RowProps) => (
  <div className="flex flex-col gap-y-1.5">
    <div className="flex items-baseline justify-between gap-x-4">
      <Text size="small" leading="compact" className="text-ui-fg-subtle">
        {label}
      </Text>
      <Text size="small" leading="compact" className="tabular-nums">
        {value} {detail && <span className="text-ui-fg-muted">{detail}</span>}
      </Text>
    </div>
    <div aria-hidden className="bg-ui-bg-component relative h-2 w-full rounded-sm">
      <div
        className="h-full rounded-sm"
        style={{ width: `${share * 100}%`, background: color, opacity: 0.6 }}
      />
      {interval && (
        <div
          className="border-ui-fg-base absolute inset-y-[-2px] border-x"
          style={{ left: `${interval[0] * 100}%`, width: `${(interval[1] - interval[0]) * 100}%` }}
        >
          <div className="bg-ui-fg-base absolute inset-x-0 top-1/2 h-px" />
        </div>
      )}
    </div>
  </div>
)
