import type { ArmColumns } from "../../src/core/decisions/experiment"
import type { Customers } from "./shop-model"

/** Rows of one arm, taken out of all customers, as the experiment's columns. */
export function armOf(
  arm: string,
  weight: number,
  customers: Customers,
  member: Uint8Array,
  wanted: number,
  ratio = false,
): ArmColumns {
  let units = 0
  for (let i = 0; i < member.length; i++) if (member[i] === wanted) units++
  const y = new Float64Array(units)
  const x = new Float64Array(units)
  const d = new Float64Array(units)
  let row = 0
  for (let i = 0; i < member.length; i++) {
    if (member[i] !== wanted) continue
    y[row] = customers.revenue[i]
    x[row] = customers.past[i]
    d[row] = customers.orders[i]
    row++
  }
  return ratio ? { arm, weight, units, y, x, d } : { arm, weight, units, y, x }
}

/** Whether `truth` lies within. */
export function holds(interval: { low: number; high: number } | null, truth: number): boolean {
  return interval !== null && interval.low <= truth && truth <= interval.high
}
