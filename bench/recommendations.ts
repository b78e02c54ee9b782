import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { gunzipSync } from "node:zlib"
import { parse } from "csv-parse/sync"
import {
  INTERACTION_KIND,
  TrainingDataBuilder,
  trainRecommendations,
  type TrainingData,
  type TrainingMetrics,
} from "../src/core/recommendations"
import type { BenchContext, BenchRow } from "./bench"

/**
 * Quality of the learned item-to-item for the next basket.
 *
 * Set: UCI Online Retail. Left out: cancellations and adjustments (invoice C..., A...), lines with quantity or price
 * not above 0, and codes that are no product (postage, manual, fees, vouchers: those that do not begin with five
 * digits). Lines without a customer train as orders of their own and are never a test.
 *
 * Split by time: the last 28 days are held out. A case is a customer with purchases before the cut; the target is the
 * first order they place after it. "All targets" are its distinct products; "new" those the customer had never
 * bought (for these, every method may only show products the customer had not bought). A target that no one had
 * bought before the cut stays a target that nobody can hit.
 *
 * HR@10 by basket: share of cases with at least one target among the ten shown. By line: share of all targets among
 * the ten of their case. Both methods see the same cases; intervals are paired bootstrap, 95 %.
 *
 * Held against: popularity (orders before the cut that hold the product), and plain pair counting (orders shared with
 * the products of the last order, summed; it does better from the last order than from all of them). Also told, without
 * a bar: popularity of the last 28 days before the cut alone, which knows the season.
 *
 * Half-life and blend are chosen inside `trainRecommendations` on the 28 days before the held-out ones. Its defaults
 * were set on the windows that end 28 and 56 days before the end; the held-out window took no part.
 */
export function run(context: BenchContext): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const bars = `>= 1.5 x popularity; above pair counting, low end > 0`
  const file = path.join(context.dataDirectory, "uci_online_retail", "online_retail.csv.gz")
  if (!existsSync(file)) {
    rows.push({ metric: "uci_online_retail next basket", bar: bars, skipped: `${file} is not there` })
    return Promise.resolve(rows)
  }
  const { data, now } = readOnlineRetail(file)
  context.log(
    `${data.interactions.length} lines, ${data.products.length} products, ${data.interactions.baskets} orders`,
  )
  const { metrics } = trainRecommendations(data, { now, seed: context.seed, resamples: 1000 })
  context.log(
    `${metrics.holdout_shoppers} customers with a next basket; chosen: half-life ${metrics.half_life_days} days, ` +
      `together ${metrics.blend_together}, popular ${metrics.blend_popular}, repeat ${metrics.blend_repeat}`,
  )
  for (const [name, title] of [
    ["hr10", "HR@10 all targets"],
    ["new_hr10", "HR@10 new targets"],
    ["line_hr10", "HR@10 all targets, by line"],
    ["new_line_hr10", "HR@10 new targets, by line"],
  ]) {
    rows.push(...compared(metrics, name, title))
  }
  return Promise.resolve(rows)
}

function compared(metrics: TrainingMetrics, name: string, title: string): BenchRow[] {
  const value = metrics[name]
  const interval = (key: string): string =>
    `[${metrics[`${key}_low`].toFixed(3)}, ${metrics[`${key}_high`].toFixed(3)}]`
  const unit = `${interval(name)} of ${metrics[`${name}_cases`]}`
  return [
    {
      metric: `${title} against popularity`,
      value,
      unit,
      yardstick: metrics[`${name}_popularity`],
      ratio: metrics[`${name}_over_popularity`],
      bar: `ratio >= 1.5, is ${interval(`${name}_over_popularity`)}`,
      met: metrics[`${name}_over_popularity`] >= 1.5,
    },
    {
      metric: `${title} against pair counting`,
      value,
      unit,
      yardstick: metrics[`${name}_pairs`],
      ratio: metrics[`${name}_over_pairs`],
      bar: `difference > 0, is ${interval(`${name}_above_pairs`)}`,
      met: metrics[`${name}_above_pairs_low`] > 0,
    },
    {
      metric: `${title} against popularity of 28 days`,
      value,
      unit: `${unit}; ratio ${interval(`${name}_over_recent`)}`,
      yardstick: metrics[`${name}_recent`],
      ratio: metrics[`${name}_over_recent`],
    },
  ]
}

function readOnlineRetail(file: string): { data: TrainingData; now: number } {
  const lines = parse(gunzipSync(readFileSync(file)), { from_line: 2 }) as string[][]
  const kept = lines.filter(
    ([invoice, code, , quantity, , price]) =>
      !/^[CA]/.test(invoice) && Number(quantity) > 0 && Number(price) > 0 && /^\d{5}/.test(code),
  )
  const builder = new TrainingDataBuilder()
  for (const [, code, title] of kept) builder.addProduct({ id: code.toUpperCase(), title, created_at: 0 })
  let now = 0
  for (const [invoice, code, , , date, , customer] of kept) {
    const at = Date.parse(`${date.replace(" ", "T")}Z`)
    now = Math.max(now, at)
    const subject = customer === "NA" || customer === "" ? null : customer
    builder.addInteraction(subject, invoice, code.toUpperCase(), INTERACTION_KIND.buy, at)
  }
  return { data: builder.finish(), now }
}
