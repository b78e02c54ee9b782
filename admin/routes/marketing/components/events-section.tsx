import { ChartBar } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { Suspense, lazy } from "react"
import { useTranslation } from "react-i18next"
import type { OverviewAnswer } from "../../../../src/types/http"
import { EmptyState } from "../../../components/empty-state"
import { HelpTip } from "../../../components/help-tip"
import { Section } from "../../../components/section"
import { Skeleton } from "../../../components/skeletons"
import { useFormat } from "../../../hooks/use-format"

// The chart library is large and every page of the admin would load it otherwise.
const EventsChart = lazy(() => import("../../../components/events-chart"))

type Events = OverviewAnswer["overview"]["events"]

export const EventsSection = ({ events }: { events: Events }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  const lastHour = events.per_minute.reduce((sum, minute) => sum + minute.browser + minute.server, 0)
  const figures = [
    [t("events.lastHour"), lastHour],
    [t("events.last24h"), events.last_24h],
    [t("events.total"), events.total],
  ] as const

  return (
    <Section title={t("events.title")} help={<HelpTip text={t("events.help")} />}>
      <dl className="grid grid-cols-3 divide-x">
        {figures.map(([label, value]) => (
          <div key={label} className="flex flex-col gap-y-1 px-6 py-4">
            <dt className="txt-compact-small text-ui-fg-subtle">{label}</dt>
            <dd className="h2-core tabular-nums">{format.number(value)}</dd>
          </div>
        ))}
      </dl>
      {events.total === 0 && lastHour === 0 ? (
        <EmptyState
          icon={<ChartBar className="text-ui-fg-subtle" />}
          title={t("events.emptyTitle")}
          message={t("events.emptyMessage")}
        />
      ) : (
        <div className="flex flex-col gap-y-2 px-6 py-4">
          <div className="flex items-center justify-between gap-x-4">
            <Text size="small" leading="compact" className="text-ui-fg-subtle">
              {t("events.perMinute")}
            </Text>
            <div className="flex items-center gap-x-4">
              <Legend color="var(--tag-blue-icon)" label={t("events.browser")} />
              <Legend color="var(--tag-green-icon)" label={t("events.server")} />
            </div>
          </div>
          <Suspense fallback={<Skeleton className="h-[200px] w-full" />}>
            <EventsChart perMinute={events.per_minute} />
          </Suspense>
        </div>
      )}
    </Section>
  )
}

const Legend = ({ color, label }: { color: string; label: string }) => (
  <span className="txt-compact-xsmall text-ui-fg-subtle flex items-center gap-x-1.5">
    <span aria-hidden className="size-2 rounded-sm" style={{ background: color }} />
    {label}
  </span>
)
