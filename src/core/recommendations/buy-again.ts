import { Float64Column, groupRows, Int32Column } from "../data"
import { INTERACTION_KIND, type InteractionColumns } from "./types"

const DAY = 86_400_000

/** Orders closer than this are one: a forgotten item, a corrected order. */
const ONE_ORDER = 0.5 * DAY

/** Shoppers who must have bought a product again before it is said to be bought again. */
const MIN_AGAIN = 2

/** Worth of the store in each product: in gaps for the spread, in buyers for the chance. */
const PRIOR_SPREAD = 4
const PRIOR_CHANCE = 5

/** Gaps' worth of the product's rhythm in one shopper's. */
const PRIOR_OWN = 2

/** Least spread of log gaps, so that three equal gaps do not name a day with certainty. */
const LEAST_SPREAD = 0.15

export interface BuyAgain {
  /** Median days between one shopper's successive orders of the product; 0 where nobody buys it again. */
  median_days: Float32Array
  /** Standard deviation of the logarithm of those days. */
  spread: Float32Array
  /** Chance that a purchase of it is followed by another at all. */
  chance: Float32Array
  /** Shoppers who bought it, and those among them who bought it in a later order. */
  buyers: Int32Array
  buyers_again: Int32Array
}

/**
 * Each product's repurchase rhythm.
 *
 * Gaps between one shopper's successive orders of a product are log-normal, and only a share of purchases is
 * ever followed by another (both as in Bhagat, Muralidharan, Lobzhanidze, Vishwanath, "Buy it again", 2018).
 * A product's mean of log gaps is normal around the store's: m_p = (n ybar / s^2 + mu / t^2) / (n / s^2 + 1 /
 * t^2), the empirical Bayes of Efron and Morris (1975), with s^2 (within) and t^2 (between products) from the
 * one-way analysis of variance for unequal groups (Searle 1971); the spread is pooled by four gaps' worth of
 * the store's. `chance` comes from g gaps and from the last purchases that nothing followed yet: g / (g + sum
 * F(days since)), F the rhythm's distribution function, so that who bought yesterday does not count as lost
 * (one step of a mixture cure model, Boag 1949); shrunk by five buyers' worth to the store's. Gaps longer
 * than the data cannot be seen: a rhythm near the length of the history comes out too short.
 *
 * Cost: O(interactions log of a shopper's + gaps). Memory: 12 bytes a (shopper, product) that was bought, 60
 * a product.
 */
export function buyAgain(data: InteractionColumns, products: number, options: { until: number }): BuyAgain {
  const { until } = options
  const count = new Int32Array(products)
  const sum = new Float64Array(products)
  const squares = new Float64Array(products)
  const buyers = new Int32Array(products)
  const buyersAgain = new Int32Array(products)
  const openProduct = new Int32Column()
  const openSince = new Float64Column()
  const lastAt = new Float64Array(products)
  const gapsOfShopper = new Int32Array(products)
  const touched = new Int32Array(products)
  const { offsets, rows } = groupRows(data.subject, data.subjects)
  for (let s = 0; s < data.subjects; s++) {
    const own = rows.subarray(offsets[s], offsets[s + 1])
    if (own.length > 1) own.sort((a, b) => data.at[a] - data.at[b] || a - b)
    let used = 0
    for (let i = 0; i < own.length; i++) {
      const row = own[i]
      if (data.kind[row] !== INTERACTION_KIND.buy || data.at[row] > until) continue
      const p = data.product[row]
      const at = data.at[row]
      if (lastAt[p] === 0) touched[used++] = p
      else if (at - lastAt[p] >= ONE_ORDER) {
        const gap = Math.log((at - lastAt[p]) / DAY)
        gapsOfShopper[p]++
        count[p]++
        sum[p] += gap
        squares[p] += gap * gap
      }
      lastAt[p] = at
    }
    for (let i = 0; i < used; i++) {
      const p = touched[i]
      buyers[p]++
      if (gapsOfShopper[p] > 0) buyersAgain[p]++
      openProduct.push(p)
      openSince.push(lastAt[p])
      lastAt[p] = 0
      gapsOfShopper[p] = 0
    }
  }
  const { center, spread } = pooledRhythm(count, sum, squares)
  const chance = chances(openProduct.finish(), openSince.finish(), count, center, spread, until)
  const median = new Float32Array(products)
  const spreadOut = new Float32Array(products)
  for (let p = 0; p < products; p++) {
    if (buyersAgain[p] < MIN_AGAIN) {
      chance[p] = 0
      continue
    }
    median[p] = Math.exp(center[p])
    spreadOut[p] = spread[p]
  }
  return {
    median_days: median,
    spread: spreadOut,
    chance: Float32Array.from(chance),
    buyers,
    buyers_again: buyersAgain,
  }
}

/** Means of log gaps pooled towards the store's, and their spread. Products without a gap get the store's. */
function pooledRhythm(
  count: Int32Array,
  sum: Float64Array,
  squares: Float64Array,
): { center: Float64Array; spread: Float64Array } {
  let gaps = 0
  let groups = 0
  let total = 0
  let sizeSquares = 0
  let within = 0
  for (let p = 0; p < count.length; p++) {
    if (count[p] === 0) continue
    groups++
    gaps += count[p]
    total += sum[p]
    sizeSquares += count[p] * count[p]
    within += squares[p] - (sum[p] * sum[p]) / count[p]
  }
  const mean = gaps > 0 ? total / gaps : 0
  let between = 0
  for (let p = 0; p < count.length; p++) {
    if (count[p] === 0) continue
    const off = sum[p] / count[p] - mean
    between += count[p] * off * off
  }
  const least = LEAST_SPREAD * LEAST_SPREAD
  const s2 = Math.max(gaps > groups ? within / (gaps - groups) : least, least)
  const perGroup = groups > 1 ? (gaps - sizeSquares / gaps) / (groups - 1) : 0
  const t2 = perGroup > 0 ? Math.max((between / (groups - 1) - s2) / perGroup, 0) : 0
  const center = new Float64Array(count.length)
  const spread = new Float64Array(count.length)
  for (let p = 0; p < count.length; p++) {
    const n = count[p]
    center[p] = n > 0 ? mean + ((sum[p] / n - mean) * n * t2) / (n * t2 + s2) : mean
    const own = n > 0 ? Math.max(squares[p] - (sum[p] * sum[p]) / n, 0) : 0
    const pooled = (PRIOR_SPREAD * s2 + own) / (PRIOR_SPREAD + Math.max(n - 1, 0))
    spread[p] = Math.sqrt(Math.max(pooled, least))
  }
  return { center, spread }
}

function chances(
  openProduct: Int32Array,
  openSince: Float64Array,
  gaps: Int32Array,
  center: Float64Array,
  spread: Float64Array,
  until: number,
): Float64Array {
  const trials = new Float64Array(gaps.length)
  for (let i = 0; i < openProduct.length; i++) {
    const p = openProduct[i]
    trials[p] += bought(center[p], spread[p], (until - openSince[i]) / DAY)
  }
  let allGaps = 0
  let allTrials = 0
  for (let p = 0; p < gaps.length; p++) {
    allGaps += gaps[p]
    allTrials += gaps[p] + trials[p]
  }
  const average = allTrials > 0 ? allGaps / allTrials : 0
  const out = new Float64Array(gaps.length)
  for (let p = 0; p < gaps.length; p++) {
    out[p] = (gaps[p] + PRIOR_CHANCE * average) / (gaps[p] + trials[p] + PRIOR_CHANCE)
  }
  return out
}

/** One shopper's past with one product. */
export interface OwnPurchases {
  /** Unix ms of the last purchase. */
  last_at: number
  /** Orders of it so far, at least 1. Default 1. */
  times?: number
  /** Unix ms of the first of them; with it the shopper's own rhythm counts too. */
  first_at?: number
}

/** When the shopper is due to buy the product again, Unix ms; null for what nobody buys again. */
export function dueAt(model: BuyAgain, product: number, own: OwnPurchases): number | null {
  if (!(model.median_days[product] > 0)) return null
  return own.last_at + Math.exp(ownCenter(model, product, own)) * DAY
}

/**
 * Chance that the shopper buys the product within the next `days`, given that they have not since the last purchase:
 * c (F(t + d) - F(t)) / (1 - c F(t)), the hazard of a mixture cure model (Farewell 1982) over a window. Low right
 * after the purchase, highest about when it is due, falling after it, as the belief grows that nothing will follow.
 * 0 for what nobody buys again.
 */
export function dueScore(model: BuyAgain, product: number, own: OwnPurchases, now: number, days = 7): number {
  if (!(model.median_days[product] > 0)) return 0
  const center = ownCenter(model, product, own)
  const spread = model.spread[product]
  const since = Math.max(now - own.last_at, 0) / DAY
  const again = Math.max((own.times ?? 1) - 1, 0)
  const chance = (PRIOR_CHANCE * model.chance[product] + again) / (PRIOR_CHANCE + again)
  const before = bought(center, spread, since)
  return (chance * (bought(center, spread, since + days) - before)) / (1 - chance * before)
}

/** The product's log rhythm, moved towards the shopper's average gap, whose log-normal mean is exp(m + s^2 / 2). */
function ownCenter(model: BuyAgain, product: number, own: OwnPurchases): number {
  const center = Math.log(model.median_days[product])
  const gaps = (own.times ?? 1) - 1
  if (own.first_at === undefined || gaps < 1 || own.last_at - own.first_at < ONE_ORDER) return center
  const spread = model.spread[product]
  const mine = Math.log((own.last_at - own.first_at) / DAY / gaps) - (spread * spread) / 2
  return (PRIOR_OWN * center + gaps * mine) / (PRIOR_OWN + gaps)
}

/** Log-normal distribution function at `days`. */
function bought(center: number, spread: number, days: number): number {
  return days > 0 ? normalBelow((Math.log(days) - center) / spread) : 0
}

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
export function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    0.3989422804014327 *
    Math.exp((-z * z) / 2) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z > 0 ? 1 - tail : tail
}
