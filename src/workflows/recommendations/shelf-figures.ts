import { seededRandom } from "../../core/data"
import { meanInterval, wilsonInterval } from "../../core/evaluate"
import { regretOf, type Strategy } from "../../core/recommendations"
import type { DayOrders, FigureRow, RevenueRow } from "../../modules/recommendations"
import type { PerformanceAnswer, ShelfFigures } from "../../types/http/placements"

/** Below this an interval of revenue says nothing. */
const FEWEST_IMPRESSIONS = 30

interface Rows {
  figures: readonly FigureRow[]
  revenue: readonly RevenueRow[]
  /** Orders of all placements together, where an order with lines of two of them is to count once. */
  once?: readonly DayOrders[]
}

/** Rows of days, placements and arms as one: counts, rate and revenue with their 95 % intervals. */
export function summed({ figures, revenue, once }: Rows): ShelfFigures {
  const sums = { served: 0, impressions: 0, clicks: 0, orders: 0 }
  for (const row of figures) {
    sums.served += row.served
    sums.impressions += row.impressions
    sums.clicks += row.clicks
    sums.orders += row.orders
  }
  if (once) sums.orders = once.reduce((sum, { orders }) => sum + orders, 0)
  const byCurrency = new Map<string, { amount: number; sum: number; sum_squares: number }>()
  for (const row of revenue) {
    const one = byCurrency.get(row.currency_code) ?? { amount: 0, sum: 0, sum_squares: 0 }
    one.amount += row.amount
    one.sum += row.seen_amount
    one.sum_squares += row.seen_squares
    byCurrency.set(row.currency_code, one)
  }
  const count = sums.impressions
  return {
    ...sums,
    click_rate: count > 0 ? wilsonInterval(sums.clicks, count) : null,
    revenue: [...byCurrency].map(([currency_code, { amount, ...seen }]) => {
      if (count < FEWEST_IMPRESSIONS) return { currency_code, amount, per_thousand: null }
      const { value, low, high } = meanInterval({ count, ...seen }, 1000)
      return { currency_code, amount, per_thousand: { value, low: Math.max(low, 0), high } }
    }),
  }
}

/** One entry for each value of `key`, in the order in which they come. */
export function summedBy<Key extends "day" | "placement" | "arm">(
  rows: Rows,
  key: Key,
): (Record<Key, string> & ShelfFigures)[] {
  const names = [...new Set(rows.figures.map((row) => row[key]))]
  return names.map((name) => ({
    ...({ [key]: name } as Record<Key, string>),
    ...summed({
      figures: rows.figures.filter((row) => row[key] === name),
      revenue: rows.revenue.filter((row) => row[key] === name),
      once: key === "day" ? rows.once?.filter(({ day }) => day === name) : undefined,
    }),
  }))
}

type Performance = PerformanceAnswer["performance"]

/** Answers that a strategy led, by strategy, with its share of the impressions. */
export function armsOf(rows: Rows): Performance["arms"] {
  const explored = {
    figures: rows.figures.filter(({ arm }) => arm !== ""),
    revenue: rows.revenue.filter(({ arm }) => arm !== ""),
  }
  const arms = summedBy(explored, "arm")
  const all = arms.reduce((sum, { impressions }) => sum + impressions, 0)
  return arms.map((one) => ({
    ...one,
    arm: one.arm as Strategy,
    share: all > 0 ? one.impressions / all : 0,
  }))
}

/**
 * Clicks that trying has cost: the sum over placements, whose arms compete among themselves only. Placements are independent, so
 * half widths add up by their squares.
 */
export function regretIn({ figures }: Rows): Performance["regret"] {
  const explored = figures.filter(({ arm, impressions }) => arm !== "" && impressions > 0)
  if (explored.length === 0) return null
  let clicks = 0
  let below = 0
  let above = 0
  for (const placement of new Set(explored.map((row) => row.placement))) {
    const arms = new Map<string, { impressions: number; clicks: number }>()
    for (const row of explored) {
      if (row.placement !== placement) continue
      const arm = arms.get(row.arm) ?? { impressions: 0, clicks: 0 }
      arms.set(row.arm, {
        impressions: arm.impressions + row.impressions,
        clicks: arm.clicks + row.clicks,
      })
    }
    const regret = regretOf([...arms.values()], { random: seededRandom(1) }).clicks
    clicks += regret.value
    below += (regret.value - regret.low) ** 2
    above += (regret.high - regret.value) ** 2
  }
  const all = explored.reduce((sum, row) => sum + row.clicks, 0)
  return {
    clicks,
    low: Math.max(clicks - Math.sqrt(below), 0),
    high: clicks + Math.sqrt(above),
    share: all > 0 ? clicks / all : 0,
  }
}
