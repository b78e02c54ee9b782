import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { IntervalBar } from "../../../../components/interval-bar"
import { useFormat } from "../../../../hooks/use-format"
import type { Estimate, ReplayFigures } from "../../../../lib/replay-figures"

/** What a replay found, in a sentence and drawn. */
export const ReplayResult = ({ figures }: { figures: ReplayFigures }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { candidate, active, gain, newGain, verdict, cases } = figures
  const scale = Math.max(candidate.high, active.high, 0.01) * 1.1
  const interval = ({ low, high }: Estimate, text: (value: number) => string) =>
    t("general.interval", { low: text(low), high: text(high) })
  const points = (value: number) => format.points(value)

  return (
    <div className="flex flex-col gap-y-3">
      <Text size="small" className="text-pretty">
        {verdict === "same"
          ? t("replays.same", { interval: interval(gain, points) })
          : t(`replays.${verdict}`, {
              points: format.decimal(Math.abs(gain.value) * 100),
              interval: interval(gain, points),
            })}
      </Text>
      {(
        [
          ["candidate", candidate, "var(--tag-blue-icon)"],
          ["active", active, "var(--fg-muted)"],
        ] as const
      ).map(([name, estimate, colour]) => (
        <IntervalBar
          key={name}
          label={t(`replays.${name}`)}
          value={format.percent(estimate.value)}
          detail={estimate.high > estimate.low ? interval(estimate, format.percent) : undefined}
          share={estimate.value / scale}
          interval={estimate.high > estimate.low ? [estimate.low / scale, estimate.high / scale] : undefined}
          color={colour}
        />
      ))}
      <GainPlot gain={gain} />
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {newGain &&
          `${t("replays.newGain", { points: points(newGain.value), interval: interval(newGain, points) })} `}
        {t("replays.cases", { count: cases, formatted: format.number(cases) })}
      </Text>
    </div>
  )
}

/** The difference with its interval against the line of no difference. */
const GainPlot = ({ gain }: { gain: Estimate }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const reach = Math.max(Math.abs(gain.low), Math.abs(gain.high), 0.001) * 1.15
  const at = (value: number) => `${((value + reach) / (2 * reach)) * 100}%`
  const colour =
    gain.low > 0 ? "var(--tag-green-icon)" : gain.high < 0 ? "var(--tag-red-icon)" : "var(--fg-muted)"

  return (
    <div className="flex flex-col gap-y-1">
      <div className="flex items-baseline justify-between gap-x-4">
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {t("replays.difference")}
        </Text>
        <Text size="small" leading="compact" className="tabular-nums">
          {t("replays.pointsValue", { points: format.points(gain.value) })}
        </Text>
      </div>
      <div aria-hidden className="bg-ui-bg-component relative h-4 w-full rounded-sm">
        <span className="bg-ui-border-strong absolute inset-y-0 w-px" style={{ left: "50%" }} />
        <span
          className="absolute top-1/2 h-0.5 -translate-y-1/2"
          style={{
            left: at(gain.low),
            width: `${((gain.high - gain.low) / (2 * reach)) * 100}%`,
            background: colour,
          }}
        />
        <span
          className="absolute top-1/2 size-2 -translate-x-1/2 -translate-y-1/2 rounded-full"
          style={{ left: at(gain.value), background: colour }}
        />
      </div>
      <div aria-hidden className="text-ui-fg-muted flex justify-between">
        <Text size="xsmall" leading="compact">
          {t("replays.activeBetter")}
        </Text>
        <Text size="xsmall" leading="compact">
          {t("replays.candidateBetter")}
        </Text>
      </div>
    </div>
  )
}
