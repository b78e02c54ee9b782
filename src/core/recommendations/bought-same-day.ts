import { groupRows, type Csr } from "../data"
import { boughtTogether } from "./bought-together"
import { INTERACTION_KIND, type InteractionColumns, type Neighbours } from "./types"

const MINUTE = 60_000
const DAY = 86_400_000

/** As with orders: a day of more products than this is a stock-up, and says little about taste. */
const MAX_DAY = 500

/**
 * The relaxed kind of bought together: by the same shopper on the same day, in one order or in several.
 * Statistics and ranking are those of `boughtTogether` over shopper-days instead of orders: `count` is
 * shopper-days that held both, `daysOf` those that held the product. Purchases that may not be linked stand
 * alone, as their order.
 *
 * A day is a calendar day in UTC, moved by `offset_minutes` (120 for a shop two hours east of Greenwich).
 * Cost: O(interactions log of a shopper's), then that of `boughtTogether`. Memory: 12 bytes a purchase, 4 a
 * product.
 */
export function boughtSameDay(
  interactions: InteractionColumns,
  products: number,
  until: number,
  neighbours: number,
  options: { offset_minutes?: number } = {},
): { list: Neighbours; daysOf: Int32Array; days: number } {
  const units = shopperDays(interactions, products, until, options.offset_minutes ?? 0)
  const { together, ordersOf, orders } = boughtTogether(units, neighbours)
  return { list: together, daysOf: ordersOf, days: orders }
}

/** Shopper-days as rows of distinct products, weight 1, in order of shopper and day. */
export function shopperDays(
  data: InteractionColumns,
  products: number,
  until: number,
  offsetMinutes: number,
): Csr {
  if (!Number.isFinite(offsetMinutes)) {
    throw new RangeError(`bought same day: offset_minutes must be a number, got ${offsetMinutes}`)
  }
  const { offsets: starts, rows } = groupRows(data.subject, data.subjects)
  const columns = new Int32Array(rows.length)
  const ends = new Int32Array(rows.length + 1)
  const seen = new Int32Array(products).fill(-1)
  let used = 0
  let days = 0
  for (let s = 0; s < data.subjects; s++) {
    const own = rows.subarray(starts[s], starts[s + 1])
    if (own.length > 1) own.sort((a, b) => data.at[a] - data.at[b] || a - b)
    let today = Number.NaN
    for (let i = 0; i < own.length; i++) {
      const row = own[i]
      if (data.kind[row] !== INTERACTION_KIND.buy || data.at[row] > until) continue
      const day = Math.floor((data.at[row] + offsetMinutes * MINUTE) / DAY)
      if (day !== today) {
        today = day
        days++
        ends[days] = used
      }
      const product = data.product[row]
      if (seen[product] === days) continue
      seen[product] = days
      columns[used++] = product
      ends[days] = used
    }
  }
  return compact(columns, ends, days, products)
}

/** Leaves out the days that are too large. */
function compact(columns: Int32Array, ends: Int32Array, days: number, products: number): Csr {
  const offsets = new Int32Array(days + 1)
  let used = 0
  for (let d = 0; d < days; d++) {
    if (ends[d + 1] - ends[d] <= MAX_DAY) {
      columns.copyWithin(used, ends[d], ends[d + 1])
      used += ends[d + 1] - ends[d]
    }
    offsets[d + 1] = used
  }
  return {
    rows: days,
    columnCount: products,
    offsets,
    columns: columns.slice(0, used),
    weights: new Float32Array(used).fill(1),
  }
}
