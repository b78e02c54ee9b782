import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import type { OverviewAnswer } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"

type PerMinute = OverviewAnswer["overview"]["events"]["per_minute"]

const SERIES = [
  ["server", "var(--tag-green-icon)"],
  ["browser", "var(--tag-blue-icon)"],
] as const

const EventsChart = ({ perMinute }: { perMinute: PerMinute }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const tick = { fontSize: 11, fill: "var(--fg-muted)" }

  return (
    <div
      className="h-[200px] w-full"
      role="img"
      aria-label={t("events.chartLabel", {
        browser: format.number(perMinute.reduce((sum, { browser }) => sum + browser, 0)),
        server: format.number(perMinute.reduce((sum, { server }) => sum + server, 0)),
      })}
    >
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart
          data={perMinute}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--border-base)" />
          <XAxis
            dataKey="minute"
            tickFormatter={format.time}
            tick={tick}
            tickLine={false}
            axisLine={false}
            minTickGap={48}
          />
          <YAxis
            tickFormatter={format.compact}
            tick={tick}
            tickLine={false}
            axisLine={false}
            allowDecimals={false}
            width={36}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload, label }) =>
              active && payload.length ? (
                <div className="bg-ui-bg-base shadow-elevation-tooltip flex flex-col gap-y-1 rounded-lg px-2.5 py-1.5">
                  <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
                    {format.time(String(label))}
                  </Text>
                  {payload.map((entry) => (
                    <Text
                      key={String(entry.dataKey)}
                      size="xsmall"
                      leading="compact"
                      className="tabular-nums"
                    >
                      {t(`events.${String(entry.dataKey)}`)}: {format.number(Number(entry.value))}
                    </Text>
                  ))}
                </div>
              ) : null
            }
          />
          {SERIES.map(([key, color]) => (
            <Area
              key={key}
              type="monotone"
              dataKey={key}
              stackId="events"
              stroke={color}
              fill={color}
              fillOpacity={0.15}
              strokeWidth={1.5}
              isAnimationActive={false}
            />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  )
}

export default EventsChart
