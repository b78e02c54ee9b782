import { groupRows } from "../data"
import { liftLowerBound } from "./bought-together"
import { NeighbourListBuilder } from "./neighbour-list"
import { INTERACTION_KIND, type InteractionColumns, type Neighbours } from "./types"

const DAY = 86_400_000

/** Fewer shoppers than this say nothing about a pair. */
const MIN_SHOPPERS = 2

/** Purchases read after one view, the earliest: a reseller's week of buying is no answer to one look. */
const MAX_AFTER = 200

/**
 * Of the shoppers who viewed a, what they bought within the days after, other than a itself.
 *
 * N shoppers viewed anything, A viewed a, B bought b within `days` after viewing something else, O bought b
 * within `days` after viewing a; each shopper counts once. Chance alone would give E = A B / N. Pairs are
 * kept where the lower end of the shrunk lift's 95 % interval (Norén, Hopstadius, Bate 2013, see
 * `liftLowerBound`) is above 1, and ranked by (O / A) x (1 - 1 / lower bound): the share of a's viewers, less
 * what b's own popularity explains of it.
 *
 * `count` is O, `viewersOf` A. Cost: O(interactions log of a shopper's + sum over views of the purchases
 * within the days after, at most 200 a view). Memory: 24 bytes an interaction, 28 a product.
 */
export function viewedThenBought(
  data: InteractionColumns,
  products: number,
  options: { until: number; neighbours: number; days?: number },
): { list: Neighbours; viewersOf: Int32Array; viewers: number } {
  const { until, neighbours } = options
  const within = (options.days ?? 7) * DAY
  if (!(within > 0)) throw new RangeError(`viewed then bought: days must be above 0, got ${options.days}`)
  const timeline = groupRows(data.subject, data.subjects)
  for (let s = 0; s < data.subjects; s++) {
    const own = timeline.rows.subarray(timeline.offsets[s], timeline.offsets[s + 1])
    if (own.length > 1) own.sort((a, b) => data.at[a] - data.at[b] || a - b)
  }
  const buyersAfter = new Int32Array(products)
  const viewers = countBuyersAfter(data, timeline, until, within, buyersAfter)
  const purchases = purchasesOf(data, timeline, until)

  const keys = timeline.rows.map((row) =>
    data.kind[row] === INTERACTION_KIND.view && data.at[row] <= until ? data.product[row] : -1,
  )
  const views = groupRows(keys, products)
  const viewersOf = new Int32Array(products)
  const counts = new Int32Array(products)
  const touched = new Int32Array(products)
  const seen = new Int32Array(products).fill(-1)
  const list = new NeighbourListBuilder(neighbours)
  let visits = 0
  for (let a = 0; a < products; a++) {
    let used = 0
    let shopper = -1
    // A product's views stand shopper after shopper, each in order of time, because the timeline does.
    for (let k = views.offsets[a]; k < views.offsets[a + 1]; k++) {
      const row = timeline.rows[views.rows[k]]
      if (data.subject[row] !== shopper) {
        shopper = data.subject[row]
        viewersOf[a]++
        visits++
      }
      const seenAt = data.at[row]
      const end = purchases.offsets[shopper + 1]
      let i = firstFrom(purchases.at, purchases.offsets[shopper], end, seenAt)
      const stop = Math.min(end, i + MAX_AFTER)
      for (; i < stop && purchases.at[i] <= seenAt + within; i++) {
        const b = purchases.product[i]
        if (b === a || seen[b] === visits) continue
        seen[b] = visits
        if (counts[b]++ === 0) touched[used++] = b
      }
    }
    for (let i = 0; i < used; i++) {
      const b = touched[i]
      const both = counts[b]
      if (both < MIN_SHOPPERS) continue
      const bound = liftLowerBound(both, (viewersOf[a] * buyersAfter[b]) / viewers)
      if (bound > 1) list.offer(b, (both / viewersOf[a]) * (1 - 1 / bound))
    }
    list.next(counts)
    for (let i = 0; i < used; i++) counts[touched[i]] = 0
  }
  return { list: list.finish(), viewersOf, viewers }
}

interface Grouped {
  offsets: Int32Array
  rows: Int32Array
}

/**
 * Fills B of each product and returns N; the two latest viewed products tell whether something else was
 * viewed.
 */
function countBuyersAfter(
  data: InteractionColumns,
  timeline: Grouped,
  until: number,
  within: number,
  buyersAfter: Int32Array,
): number {
  const counted = new Int32Array(buyersAfter.length).fill(-1)
  let viewers = 0
  for (let s = 0; s < data.subjects; s++) {
    let latest = -1
    let latestAt = -Infinity
    let otherAt = -Infinity
    for (let i = timeline.offsets[s]; i < timeline.offsets[s + 1]; i++) {
      const row = timeline.rows[i]
      const at = data.at[row]
      if (at > until) break
      const product = data.product[row]
      if (data.kind[row] === INTERACTION_KIND.view) {
        if (latest < 0) viewers++
        if (latest !== product) {
          otherAt = latestAt
          latest = product
        }
        latestAt = at
      } else if (data.kind[row] === INTERACTION_KIND.buy && counted[product] !== s) {
        if ((latest === product ? otherAt : latestAt) < at - within) continue
        counted[product] = s
        buyersAfter[product]++
      }
    }
  }
  return viewers
}

/** Each shopper's purchases in order of time. */
function purchasesOf(
  data: InteractionColumns,
  timeline: Grouped,
  until: number,
): { offsets: Int32Array; product: Int32Array; at: Float64Array } {
  const offsets = new Int32Array(data.subjects + 1)
  const product = new Int32Array(timeline.rows.length)
  const at = new Float64Array(timeline.rows.length)
  let used = 0
  for (let s = 0; s < data.subjects; s++) {
    for (let i = timeline.offsets[s]; i < timeline.offsets[s + 1]; i++) {
      const row = timeline.rows[i]
      if (data.kind[row] !== INTERACTION_KIND.buy || data.at[row] > until) continue
      product[used] = data.product[row]
      at[used++] = data.at[row]
    }
    offsets[s + 1] = used
  }
  return { offsets, product: product.slice(0, used), at: at.slice(0, used) }
}

/** The first place in [low, high) whose time is not before `from`. */
function firstFrom(at: Float64Array, low: number, high: number, from: number): number {
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle] < from) low = middle + 1
    else high = middle
  }
  return low
}
