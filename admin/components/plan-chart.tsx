import { useTranslation } from "react-i18next"
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import type { PlanAnswer } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { ChartLegend, ChartTip, ChartTipLine, TICK } from "./chart-parts"

const COLOUR = "var(--tag-blue-icon)"
const WANTED = "var(--tag-orange-icon)"

interface PlanChartProps {
  detectable: PlanAnswer["plan"]["detectable"]
  /** The effect worth finding. */
  wanted: number
  plannedDays: number
}

/** The smallest effect that can be found, the longer an experiment runs. */
const PlanChart = ({ detectable, wanted, plannedDays }: PlanChartProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const last = detectable[detectable.length - 1]

  return (
    <div>
      <div
        className="h-[180px] w-full"
        role="img"
        aria-label={t("experiments.planner.chartLabel", {
          days: format.number(last.days),
          effect: format.percent(last.effect),
        })}
      >
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={detectable}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--border-base)" />
            <XAxis
              dataKey="days"
              type="number"
              domain={[0, "dataMax"]}
              tick={TICK}
              tickLine={false}
              axisLine={false}
            />
            <YAxis
              tickFormatter={format.wholePercent}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width={40}
              domain={[0, "auto"]}
            />
            <Tooltip
              isAnimationActive={false}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as (typeof detectable)[number] | undefined
                return active && point ? (
                  <ChartTip title={t("experiments.planner.after", { count: point.days })}>
                    <ChartTipLine>{format.percent(point.effect)}</ChartTipLine>
                  </ChartTip>
                ) : null
              }}
            />
            <ReferenceLine y={wanted} stroke={WANTED} strokeDasharray="4 3" ifOverflow="extendDomain" />
            {plannedDays <= last.days && (
              <ReferenceLine x={plannedDays} stroke="var(--border-strong)" strokeDasharray="2 2" />
            )}
            <Line
              dataKey="effect"
              stroke={COLOUR}
              strokeWidth={1.5}
              dot={detectable.length < 12 ? { r: 2, fill: COLOUR, strokeWidth: 0 } : false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <ChartLegend
        entries={[
          { label: t("experiments.planner.detectable"), colour: COLOUR },
          { label: t("experiments.planner.wanted"), colour: WANTED, dashed: true },
        ]}
      />
    </div>
  )
}

export default PlanChart
