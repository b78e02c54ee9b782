import { useTranslation } from "react-i18next"
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import type { DecisionTotals } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { OUTCOME_FILLS, OUTCOMES } from "../lib/modes"
import { ChartTip, ChartTipLine, TICK } from "./chart-parts"

/** Decisions by day, stacked by what came of them. */
const DecisionsChart = ({ days }: { days: DecisionTotals["days"] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const shown = OUTCOMES.filter((outcome) => days.some(({ counts }) => (counts[outcome] ?? 0) > 0))
  const total = days.reduce(
    (sum, { counts }) => sum + Object.values(counts).reduce((day, count) => day + count, 0),
    0,
  )

  return (
    <figure className="flex flex-col gap-y-2">
      <div
        className="h-[200px] w-full"
        role="img"
        aria-label={t("byCapability.chartLabel", { total: format.number(total) })}
      >
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={days}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            barCategoryGap="20%"
          >
            <CartesianGrid vertical={false} stroke="var(--border-base)" />
            <XAxis
              dataKey="day"
              tickFormatter={format.shortDay}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              minTickGap={32}
            />
            <YAxis
              tickFormatter={format.compact}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              allowDecimals={false}
              width={36}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--bg-component)" }}
              content={({ active, payload, label }) =>
                active && payload.length ? (
                  <ChartTip title={format.day(String(label))}>
                    {payload
                      .filter((entry) => Number(entry.value) > 0)
                      .map((entry) => (
                        <ChartTipLine key={String(entry.name)}>
                          {String(entry.name)}: {format.number(Number(entry.value))}
                        </ChartTipLine>
                      ))}
                  </ChartTip>
                ) : null
              }
            />
            {shown.map((outcome) => (
              <Bar
                key={outcome}
                dataKey={({ counts }: DecisionTotals["days"][number]) => counts[outcome] ?? 0}
                name={t(`outcomes.${outcome}`)}
                stackId="outcomes"
                fill={OUTCOME_FILLS[outcome]}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption>
        <ul className="txt-compact-xsmall text-ui-fg-subtle flex flex-wrap gap-x-4 gap-y-1">
          {shown.map((outcome) => (
            <li key={outcome} className="flex items-center gap-x-1.5">
              <span
                aria-hidden
                className="size-2 rounded-sm"
                style={{ background: OUTCOME_FILLS[outcome] }}
              />
              {t(`outcomes.${outcome}`)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

export default DecisionsChart
