import { useTranslation } from "react-i18next"
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import type { ExperimentHistoryAnswer } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { ChartLegend, ChartTip, ChartTipLine, TICK } from "./chart-parts"

const COLOUR = "var(--tag-blue-icon)"
const WANTED = "var(--tag-orange-icon)"

interface ExperimentHistoryChartProps {
  history: ExperimentHistoryAnswer["history"]
  arm: string
  minimumEffect: number
}

/** The next that is round, so that an axis has round ends. */
function rounded(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 1.5, 2, 3, 4, 5, 6, 8].find((step) => value <= step * power) ?? 10)
}

const ExperimentHistoryChart = ({ history, arm, minimumEffect }: ExperimentHistoryChartProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const points = history.map(({ day, arms }) => {
    const found = arms.find((one) => one.arm === arm)
    return {
      day,
      units: arms.reduce((sum, { units }) => sum + units, 0),
      lift: found?.lift?.value ?? null,
      band: found?.sequence ? [found.sequence.low, found.sequence.high] : null,
    }
  })
  // The first days' band is so wide that all the rest would be a line.
  const widths = points.flatMap(({ band }) => (band ? [Math.max(Math.abs(band[0]), Math.abs(band[1]))] : []))
  const reach = rounded(
    Math.max(
      minimumEffect * 1.5,
      1.6 * (widths[Math.floor(widths.length / 2)] ?? minimumEffect),
      ...points.map(({ lift }) => Math.abs(lift ?? 0) * 1.1),
    ),
  )

  return (
    <div>
      <div
        className="h-[240px] w-full"
        role="img"
        aria-label={t("experiments.history.chartLabel", {
          from: format.day(points[0].day),
          to: format.day(points[points.length - 1].day),
        })}
      >
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={points}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--border-base)" />
            <XAxis
              dataKey="day"
              tickFormatter={format.shortDay}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              minTickGap={40}
            />
            <YAxis
              tickFormatter={(value: number) => format.signedPercent(value)}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width={52}
              domain={[-reach, reach]}
              ticks={[-reach, -reach / 2, 0, reach / 2, reach]}
              allowDataOverflow
            />
            <Tooltip
              isAnimationActive={false}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as (typeof points)[number] | undefined
                return active && point ? (
                  <ChartTip title={format.day(point.day)}>
                    <ChartTipLine>
                      {point.lift === null ? t("experiments.notYet") : format.signedPercent(point.lift)}
                      {point.band &&
                        ` ${t("general.interval", {
                          low: format.signedPercent(point.band[0]),
                          high: format.signedPercent(point.band[1]),
                        })}`}
                    </ChartTipLine>
                    <ChartTipLine>
                      {t("experiments.people", { count: point.units, units: format.number(point.units) })}
                    </ChartTipLine>
                  </ChartTip>
                ) : null
              }}
            />
            <ReferenceLine y={0} stroke="var(--border-strong)" />
            <ReferenceLine y={minimumEffect} stroke={WANTED} strokeDasharray="4 3" />
            <Area
              dataKey="band"
              stroke="none"
              fill={COLOUR}
              fillOpacity={0.14}
              isAnimationActive={false}
              activeDot={false}
            />
            <Line
              dataKey="lift"
              stroke={COLOUR}
              strokeWidth={1.5}
              dot={points.length < 3}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <ChartLegend
        entries={[
          { label: t("experiments.history.lift"), colour: COLOUR },
          { label: t("experiments.planner.wanted"), colour: WANTED, dashed: true },
        ]}
      />
    </div>
  )
}

export default ExperimentHistoryChart
