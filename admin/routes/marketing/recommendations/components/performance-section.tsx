import { Select, Text, clx } from "@medusajs/ui"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import type { PerformanceAnswer, ShelfFigures } from "../../../../../src/types/http"
import { EmptyState } from "../../../../components/empty-state"
import { HelpTip } from "../../../../components/help-tip"
import { RateText } from "../../../../components/rate-text"
import { Section } from "../../../../components/section"
import { Skeleton } from "../../../../components/skeletons"
import type { PerformanceQuery } from "../../../../hooks/api/performance"
import { usePlacements } from "../../../../hooks/api/placements"
import { useFormat } from "../../../../hooks/use-format"
import { usePlacementName } from "../../../../hooks/use-placement-name"
import { DAILY_METRICS, type DailyMetric } from "../../../../lib/daily-metric"
import { DateRange } from "./date-range"

const PerformanceChart = lazy(() => import("../../../../components/performance-chart"))

const ALL = "all"

interface PerformanceSectionProps {
  performance: PerformanceAnswer["performance"]
  query: PerformanceQuery
  onQuery: (query: PerformanceQuery) => void
  isFetching: boolean
}

export const PerformanceSection = ({ performance, query, onQuery, isFetching }: PerformanceSectionProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = usePlacementName()
  const { placements } = usePlacements({ limit: 50, offset: 0 })
  const [metric, setMetric] = useState<DailyMetric>("impressions")
  const { total, days, refreshed_at } = performance
  const currency = total.revenue[0]?.currency_code

  return (
    <Section
      level="h1"
      title={t("performance.title")}
      help={<HelpTip text={t("performance.help")} />}
      description={
        refreshed_at
          ? t("performance.refreshed", { ago: format.ago(refreshed_at) })
          : t("performance.description")
      }
    >
      <div className="flex flex-wrap items-center gap-2 px-6 py-3">
        <DateRange from={query.from} to={query.to} onChange={(range) => onQuery({ ...query, ...range })} />
        <Select
          size="small"
          value={query.placement ?? ALL}
          onValueChange={(value) => onQuery({ ...query, placement: value === ALL ? undefined : value })}
        >
          <Select.Trigger aria-label={t("placements.one")} className="w-auto">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value={ALL}>{t("performance.allPlacements")}</Select.Item>
            {placements?.map(({ id, handle, name }) => (
              <Select.Item key={id} value={handle}>
                {nameOf(handle, name)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      <div
        className={clx("divide-y transition-opacity", { "opacity-60": isFetching })}
        aria-busy={isFetching}
      >
        <Totals total={total} />
        {total.served === 0 && total.impressions === 0 ? (
          <EmptyState title={t("performance.emptyTitle")} message={t("performance.emptyMessage")} />
        ) : (
          <div className="flex flex-col gap-y-3 px-6 py-4">
            <div className="flex items-center justify-between gap-x-4">
              <Text size="small" leading="compact" weight="plus">
                {t("performance.perDay")}
              </Text>
              <Select size="small" value={metric} onValueChange={(value) => setMetric(value as DailyMetric)}>
                <Select.Trigger aria-label={t("performance.figure")} className="w-auto">
                  <Select.Value />
                </Select.Trigger>
                <Select.Content align="end">
                  {DAILY_METRICS.map((name) => (
                    <Select.Item key={name} value={name}>
                      {t(`figures.${name}`)}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
            </div>
            <Suspense fallback={<Skeleton className="h-[240px] w-full" />}>
              <PerformanceChart days={days} metric={metric} currency={currency} />
            </Suspense>
          </div>
        )}
      </div>
    </Section>
  )
}

const Totals = ({ total }: { total: ShelfFigures }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const first = total.revenue[0]
  const tiles = [
    { key: "impressions", value: format.number(total.impressions) },
    { key: "clickRate", value: <RateText rate={total.click_rate} format={format.percent} stacked /> },
    { key: "orders", value: format.number(total.orders) },
    {
      key: "revenue",
      value:
        total.revenue.length === 0
          ? "–"
          : total.revenue.map(({ amount, currency_code }) => format.money(amount, currency_code)).join(" + "),
    },
    {
      key: "perThousand",
      value: (
        <RateText
          rate={first?.per_thousand}
          format={(value) => format.money(value, first?.currency_code ?? "eur")}
          stacked
        />
      ),
    },
  ]
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 px-6 py-4 md:grid-cols-3 xl:grid-cols-5">
      {tiles.map(({ key, value }) => (
        <div key={key} className="flex flex-col gap-y-1">
          <dt className="txt-compact-small text-ui-fg-subtle">{t(`figures.${key}`)}</dt>
          <dd className="txt-compact-large-plus tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
