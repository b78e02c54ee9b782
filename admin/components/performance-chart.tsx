import { useTranslation } from "react-i18next"
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import type { PerformanceAnswer } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { dailyValue, type DailyMetric } from "../lib/daily-metric"
import { ChartTip, ChartTipLine, TICK } from "./chart-parts"

const COLOUR = "var(--tag-blue-icon)"

interface PerformanceChartProps {
  days: PerformanceAnswer["performance"]["days"]
  metric: DailyMetric
  /** The currency of the revenue that is drawn. */
  currency: string | undefined
}

const PerformanceChart = ({ days, metric, currency }: PerformanceChartProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const rate = metric === "clickRate"
  const points = days.map((figures) => ({
    day: figures.day,
    value: dailyValue(figures, metric, currency),
    range: figures.click_rate ? [figures.click_rate.low, figures.click_rate.high] : null,
  }))
  const text = (value: number) =>
    rate
      ? format.percent(value)
      : metric === "revenue" && currency
        ? format.money(value, currency)
        : format.number(value)
  const tick = (value: number) => (rate ? format.wholePercent(value) : format.compact(value))

  return (
    <div
      className="h-[240px] w-full"
      role="img"
      aria-label={t("performance.chartLabel", {
        figure: t(`figures.${metric}`),
        from: format.day(days[0]?.day ?? ""),
        to: format.day(days[days.length - 1]?.day ?? ""),
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
            tickFormatter={tick}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            allowDecimals={rate || metric === "revenue"}
            width={44}
            domain={[0, "auto"]}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as (typeof points)[number] | undefined
              return active && point ? (
                <ChartTip title={format.day(point.day)}>
                  <ChartTipLine>
                    {t(`figures.${metric}`)}: {point.value === null ? "–" : text(point.value)}
                    {rate &&
                      point.range &&
                      ` ${t("general.interval", {
                        low: format.percent(point.range[0]),
                        high: format.percent(point.range[1]),
                      })}`}
                  </ChartTipLine>
                </ChartTip>
              ) : null
            }}
          />
          {rate ? (
            <Area
              dataKey="range"
              stroke="none"
              fill={COLOUR}
              fillOpacity={0.12}
              isAnimationActive={false}
              activeDot={false}
            />
          ) : (
            <Area
              dataKey="value"
              stroke="none"
              fill={COLOUR}
              fillOpacity={0.12}
              isAnimationActive={false}
              activeDot={false}
            />
          )}
          <Line
            dataKey="value"
            stroke={COLOUR}
            strokeWidth={1.5}
            dot={points.length === 1}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}

export default PerformanceChart
