import { linearisedRatio, METRICS, momentsOf, type MetricHistory, type MetricName } from "../experiment"
import { armColumns } from "./arm-columns"
import type { Outcomes } from "./outcomes"

/**
 * What a store's last `days` days say of a metric, as the planner wants it: mean and variance of the units that came by, how many come a day,
 * and how well their past foretells them. Cost: O(units).
 */
export function metricHistory(
  outcomes: Outcomes,
  metric: MetricName,
  days: number,
  withPast: boolean,
): MetricHistory {
  const all = [{ arm: "all", weight: 1 }]
  const [columns] = armColumns(outcomes, metric, all, new Int32Array(outcomes.units), withPast)
  const ratio = METRICS[metric].kind === "ratio"
  const y = ratio ? linearisedRatio(columns.y, columns.d!) : columns.y
  const { mean, variance } = momentsOf(y, undefined)
  const past = columns.x ? returning(y, columns.x) : null
  return {
    mean: finite(mean),
    variance: finite(variance),
    units_now: 0,
    new_units_per_day: outcomes.units / days,
    returning_share: past && outcomes.units > 0 ? past.units / outcomes.units : 0,
    correlation: past?.correlation ?? 0,
  }
}

/** Of the units with a past: how many, and the correlation of the metric with it. */
function returning(y: Float64Array, x: Float64Array): { units: number; correlation: number } {
  let units = 0
  for (let i = 0; i < x.length; i++) if (x[i] > 0) units++
  const now = new Float64Array(units)
  const before = new Float64Array(units)
  for (let i = 0, at = 0; i < x.length; i++) {
    if (x[i] <= 0) continue
    now[at] = y[i]
    before[at++] = x[i]
  }
  const moments = momentsOf(now, before)
  return {
    units,
    correlation: finite(moments.covariance / Math.sqrt(moments.variance * moments.x_variance)),
  }
}

/** Too few units, or nothing that varies, say nothing. */
function finite(value: number): number {
  return Number.isFinite(value) && value !== 0 ? value : 0
}
