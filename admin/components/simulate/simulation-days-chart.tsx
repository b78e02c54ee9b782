import { useTranslation } from "react-i18next"
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import type { DecisionOutcome, SimulationOutcome } from "../../../src/types/http"
import { useFormat } from "../../hooks/use-format"
import { OUTCOME_FILLS } from "../../lib/modes"
import { ChartLegend, ChartTip, ChartTipLine, TICK } from "../chart-parts"

interface SimulationDaysChartProps {
  outcome: SimulationOutcome
  /** Outcomes to draw, the same for all versions. */
  names: DecisionOutcome[]
  /** The highest bar of all versions. */
  most: number
}

const SimulationDaysChart = ({ outcome, names, most }: SimulationDaysChartProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { days } = outcome

  return (
    <div>
      <div
        className="h-[220px] w-full"
        role="img"
        aria-label={t("simulate.chartLabel", {
          from: format.day(days[0]?.day ?? ""),
          to: format.day(days[days.length - 1]?.day ?? ""),
        })}
      >
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={days} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
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
              tick={TICK}
              tickFormatter={format.compact}
              tickLine={false}
              axisLine={false}
              allowDecimals={false}
              width={40}
              domain={[0, most]}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--bg-component)" }}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as (typeof days)[number] | undefined
                return active && point ? (
                  <ChartTip title={format.day(point.day)}>
                    {names.map((name) => (
                      <ChartTipLine key={name}>
                        {t(`outcomes.${name}`)}: {format.number(point.counts[name] ?? 0)}
                      </ChartTipLine>
                    ))}
                  </ChartTip>
                ) : null
              }}
            />
            {names.map((name) => (
              <Bar
                key={name}
                dataKey={(point: (typeof days)[number]) => point.counts[name] ?? 0}
                stackId="outcomes"
                fill={OUTCOME_FILLS[name]}
                fillOpacity={0.7}
                maxBarSize={18}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ChartLegend
        entries={names.map((name) => ({
          label: t(`outcomes.${name}`),
          colour: OUTCOME_FILLS[name],
        }))}
      />
    </div>
  )
}

export default SimulationDaysChart
