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
import { useFormat } from "../hooks/use-format"
import { BASELINES, type Baseline, type MeasuredModel } from "../lib/model-history"
import { ChartLegend, ChartTip, ChartTipLine, TICK } from "./chart-parts"

const LEARNED = "var(--tag-blue-icon)"
const COLOURS: Record<Baseline, string> = {
  popularity: "var(--fg-muted)",
  frequency: "var(--tag-orange-icon)",
  pairs: "var(--tag-purple-icon)",
}

/** Hit rates over the trainings: what was learned with its interval, beside the simple ways it has to beat. */
const ModelHistoryChart = ({ history }: { history: MeasuredModel[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const shown = BASELINES.filter((name) => history.some(({ baselines }) => baselines[name] !== undefined))
  const last = history[history.length - 1]

  return (
    <div>
      <div
        className="h-[240px] w-full"
        role="img"
        aria-label={t("modelHistory.chartLabel", {
          versions: history.length,
          version: last.version,
          value: format.percent(last.learned),
        })}
      >
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={history}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--border-base)" />
            <XAxis
              dataKey="version"
              tickFormatter={(version: number) => t("modelHistory.tick", { version })}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              minTickGap={24}
              padding={{ left: 16, right: 16 }}
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
                const model = payload?.[0]?.payload as MeasuredModel | undefined
                return active && model ? (
                  <ChartTip
                    title={`${t("models.versionNumber", { version: model.version })} · ${format.dateTime(model.trained_at)}`}
                  >
                    <ChartTipLine>
                      {t("hitRate.model")}: {format.percent(model.learned)}{" "}
                      {t("general.interval", {
                        low: format.percent(model.range[0]),
                        high: format.percent(model.range[1]),
                      })}
                    </ChartTipLine>
                    {shown.map((name) => {
                      const value = model.baselines[name]
                      return value === undefined ? null : (
                        <ChartTipLine key={name}>
                          {t(`modelHistory.baselines.${name}`)}: {format.percent(value)}
                        </ChartTipLine>
                      )
                    })}
                  </ChartTip>
                ) : null
              }}
            />
            <Area
              dataKey="range"
              stroke="none"
              fill={LEARNED}
              fillOpacity={0.12}
              isAnimationActive={false}
              activeDot={false}
            />
            {shown.map((name) => (
              <Line
                key={name}
                dataKey={`baselines.${name}`}
                stroke={COLOURS[name]}
                strokeDasharray="4 3"
                strokeWidth={1.5}
                dot={history.length === 1 ? { r: 2, strokeDasharray: "0" } : false}
                isAnimationActive={false}
              />
            ))}
            <Line
              dataKey="learned"
              stroke={LEARNED}
              strokeWidth={2}
              dot={{ r: 3, fill: LEARNED, strokeWidth: 0 }}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <ChartLegend
        entries={[
          { label: t("hitRate.model"), colour: LEARNED },
          ...shown.map((name) => ({
            label: t(`modelHistory.baselines.${name}`),
            colour: COLOURS[name],
            dashed: true,
          })),
        ]}
      />
    </div>
  )
}

export default ModelHistoryChart
