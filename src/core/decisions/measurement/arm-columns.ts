import { METRICS, type ArmColumns, type MetricName } from "../experiment"
import type { OutcomeColumn, Outcomes } from "./outcomes"

export interface MeasuredArm {
  arm: string
  weight: number
}

/** Where a metric's y lies. */
const NUMERATORS: Readonly<Record<(typeof METRICS)[MetricName]["numerator"], OutcomeColumn>> = {
  ordered: "orders",
  orders: "orders",
  revenue: "revenue",
  margin: "margin",
  refunds: "refunds",
  returned_orders: "returned_orders",
  unsubscribed: "unsubscribed",
}

/** What of a unit's past goes with a metric; any past does, for no arm can have moved it, and the nearest cuts most. */
const PASTS: Readonly<Partial<Record<MetricName, OutcomeColumn>>> = {
  conversion: "past_orders",
  orders: "past_orders",
  revenue: "past_revenue",
  margin: "past_margin",
  refunds: "past_revenue",
}

/**
 * The columns of a metric by arm. `group` says of each row of the outcomes to which of `arms` it belongs; -1: to none. An average order's
 * value is over orders in the currency alone. Cost: O(units) a metric, and a copy of up to three columns.
 */
export function armColumns(
  outcomes: Outcomes,
  metric: MetricName,
  arms: readonly MeasuredArm[],
  group: Int32Array,
  withPast: boolean,
): ArmColumns[] {
  const { numerator, denominator } = METRICS[metric]
  const counts = new Int32Array(arms.length)
  for (let row = 0; row < group.length; row++) if (group[row] >= 0) counts[group[row]]++
  const shares = numerator === "ordered"
  const y = split(outcomes[NUMERATORS[numerator]], group, counts, shares)
  const d =
    denominator === null
      ? null
      : split(outcomes[numerator === "revenue" ? "counted_orders" : "orders"], group, counts, false)
  const past = withPast ? PASTS[metric] : undefined
  const x = past === undefined ? null : split(outcomes[past], group, counts, shares)
  return arms.map(({ arm, weight }, i) => ({
    arm,
    weight,
    units: counts[i],
    y: y[i],
    ...(d === null ? {} : { d: d[i] }),
    ...(x === null ? {} : { x: x[i] }),
  }))
}

/** `shares`: whether there is anything, as 0 or 1. */
function split(column: Float64Array, group: Int32Array, counts: Int32Array, shares: boolean): Float64Array[] {
  const parts: Float64Array[] = []
  const next = new Int32Array(counts.length)
  for (const count of counts) parts.push(new Float64Array(count))
  for (let row = 0; row < group.length; row++) {
    const arm = group[row]
    if (arm < 0) continue
    const value = column[row]
    parts[arm][next[arm]++] = shares ? (value > 0 ? 1 : 0) : value
  }
  return parts
}

/** To which of `arms` each row belongs by the arm it was exposed to. */
export function groupByArm(outcomes: Outcomes, arms: readonly MeasuredArm[]): Int32Array {
  const places = Int32Array.from(outcomes.arms, (name) => arms.findIndex(({ arm }) => arm === name))
  const group = new Int32Array(outcomes.units)
  for (let row = 0; row < group.length; row++) group[row] = places[outcomes.arm[row]]
  return group
}
