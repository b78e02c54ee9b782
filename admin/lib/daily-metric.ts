import type { ShelfFigures } from "../../src/types/http"

/** What can be drawn per day. */
export const DAILY_METRICS = ["impressions", "clicks", "clickRate", "orders", "revenue"] as const
export type DailyMetric = (typeof DAILY_METRICS)[number]

/** null: nothing to measure on that day. Revenue is that of one currency, for two cannot share an axis. */
export function dailyValue(
  figures: ShelfFigures,
  metric: DailyMetric,
  currency: string | undefined,
): number | null {
  switch (metric) {
    case "impressions":
      return figures.impressions
    case "clicks":
      return figures.clicks
    case "clickRate":
      return figures.click_rate?.value ?? null
    case "orders":
      return figures.orders
    case "revenue":
      return figures.revenue.find(({ currency_code }) => currency_code === currency)?.amount ?? 0
  }
}
