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
import type { ImpactAnswer } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { ChartTip, ChartTipLine, TICK } from "./chart-parts"

const COLOUR = "var(--tag-blue-icon)"

interface ImpactChartProps {
  days: ImpactAnswer["impact"]["days"]
  currency: string
}

/** What was earned so far, day by day, with the band in which the true amount lies. */
const ImpactChart = ({ days, currency }: ImpactChartProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const points = days.map(({ day, earned }) => ({
    day,
    value: earned?.value ?? null,
    band: earned ? [earned.low, earned.high] : null,
  }))
  const money = (amount: number) => format.money(amount, currency, 0)

  return (
    <div
      className="h-[220px] w-full"
      role="img"
      aria-label={t("impact.chartLabel", {
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
          <YAxis tickFormatter={format.compact} tick={TICK} tickLine={false} axisLine={false} width={48} />
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as (typeof points)[number] | undefined
              return active && point ? (
                <ChartTip title={format.day(point.day)}>
                  <ChartTipLine>
                    {point.value === null || !point.band
                      ? t("impact.notYet")
                      : `${money(point.value)} ${t("general.interval", {
                          low: money(point.band[0]),
                          high: money(point.band[1]),
                        })}`}
                  </ChartTipLine>
                </ChartTip>
              ) : null
            }}
          />
          <ReferenceLine y={0} stroke="var(--border-strong)" />
          <Area
            dataKey="band"
            connectNulls
            stroke="none"
            fill={COLOUR}
            fillOpacity={0.14}
            isAnimationActive={false}
            activeDot={false}
          />
          <Line
            dataKey="value"
            connectNulls
            stroke={COLOUR}
            strokeWidth={1.5}
            dot={points.length < 3}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}

export default ImpactChart
