import { groupRows } from "../data"
import { kindWeight } from "./matrices"
import { INTERACTION_KIND, type InteractionColumns } from "./types"

const DAY = 86_400_000

/** Lower 5 % point of the normal distribution: EB05 is the 5 % quantile. */
const Z05 = -1.6448536269514722

/** Buyers from which "bought" is told; below, "viewed or bought". */
const TELL_BUYERS = 3

/**
 * Bounds of the prior's strength: 0.5 trusts a handful of events; above 5 hardly any rise would pass in a
 * quiet store.
 */
const WEAKEST = 0.5
const STRONGEST = 5

export interface TrendingOptions {
  /** Unix ms. */
  until: number
  /** Length of the recent window and of each one before it. Default 7. */
  days?: number
  /** Windows before the recent one that tell what is usual. Default 8. */
  windows?: number
}

export interface Trending {
  /** Products above their own past, most so first. */
  order: Int32Array
  /** Lower bound of (activity / expected activity) less 1; 0 for those not in `order`. */
  score: Float32Array
  /** What `recent` and `usual` count: buyers (`INTERACTION_KIND.buy`), or all who did anything (`view`). */
  kind: Uint8Array
  /** Distinct shoppers in the recent window. */
  recent: Int32Array
  /** Their usual number in a window as long, over the windows since the product was first seen. */
  usual: Float32Array
  days: number
}

/**
 * What is asked for more than its own past lets expect.
 *
 * Activity N of a product in a window: its distinct shoppers, each with the weight of the most that they did
 * (see `kindWeight`). Expected: E = g (K + m) / (W + 1), with K its activity in the W earlier windows since
 * it was first seen, m the average product's (one window's worth of it, for those with hardly a past) and g
 * the whole store's recent activity over its usual one, so that a busy week of the store makes no trend. N ~
 * Poisson(lambda E) with lambda ~ Gamma(alpha, alpha), alpha by moments over all products; the score is the
 * posterior's 5 % quantile less 1, DuMouchel's EB05 ("Bayesian data mining in large frequency tables", 1999;
 * with one gamma instead of a mixture), the quantile by Wilson and Hilferty (1931). Since views weigh below
 * 1, Poisson overstates their variance: cautious for views.
 *
 * Cost: O(interactions + products x windows + trending log trending). Memory: 8 bytes an interaction, 5 a
 * shopper, about 60 a product.
 */
export function trending(data: InteractionColumns, products: number, options: TrendingOptions): Trending {
  const { until } = options
  const days = options.days ?? 7
  const windows = options.windows ?? 8
  if (!(days > 0)) throw new RangeError(`trending: days must be above 0, got ${days}`)
  if (!(Number.isInteger(windows) && windows > 0)) {
    throw new RangeError(`trending: windows must be a whole number above 0, got ${windows}`)
  }
  const slots = windows + 1
  const counts = countShoppers(data, products, until, days * DAY, slots)

  const weight = [0, 1, 2].map(kindWeight)
  const activity = new Float64Array(products * slots)
  for (let i = 0; i < activity.length; i++) {
    activity[i] =
      weight[0] * counts.byKind[3 * i] +
      weight[1] * counts.byKind[3 * i + 1] +
      weight[2] * counts.byKind[3 * i + 2]
  }
  const expected = expectedActivity(activity, counts.exposure, slots)
  const strength = priorStrength(activity, expected, slots)

  const score = new Float32Array(products)
  const kind = new Uint8Array(products)
  const recent = new Int32Array(products)
  const usual = new Float32Array(products)
  let rising = 0
  for (let p = 0; p < products; p++) {
    const bound = gammaLowerQuantile(strength + activity[p * slots]) / (strength + expected[p])
    if (activity[p * slots] > 0 && bound > 1) {
      score[p] = bound - 1
      rising++
    }
    const buyers = shoppersOf(counts.byKind, p, slots, counts.exposure[p], INTERACTION_KIND.buy)
    const tellBuyers = buyers.recent >= TELL_BUYERS && buyers.recent > buyers.usual
    kind[p] = tellBuyers ? INTERACTION_KIND.buy : INTERACTION_KIND.view
    const told = tellBuyers
      ? buyers
      : shoppersOf(counts.byKind, p, slots, counts.exposure[p], INTERACTION_KIND.view)
    recent[p] = told.recent
    usual[p] = told.usual
  }
  const order = new Int32Array(rising)
  let used = 0
  for (let p = 0; p < products; p++) if (score[p] > 0) order[used++] = p
  order.sort((a, b) => score[b] - score[a] || a - b)
  return { order, score, kind, recent, usual, days }
}

/**
 * `byKind[3 (p slots + w) + k]`: distinct shoppers whose most in window w before `until` (0 the recent one)
 * was kind k; `exposure`: windows before the recent one since the product was first seen.
 */
function countShoppers(
  data: InteractionColumns,
  products: number,
  until: number,
  length: number,
  slots: number,
): { byKind: Int32Array; exposure: Int32Array } {
  const keys = new Int32Array(data.length).fill(-1)
  const first = new Float64Array(products).fill(Infinity)
  for (let i = 0; i < data.length; i++) {
    if (data.at[i] > until) continue
    const p = data.product[i]
    if (data.at[i] < first[p]) first[p] = data.at[i]
    const w = Math.floor((until - data.at[i]) / length)
    if (w < slots) keys[i] = p * slots + w
  }
  const { offsets, rows } = groupRows(keys, products * slots)
  const byKind = new Int32Array(products * slots * 3)
  const stamp = new Int32Array(data.subjects).fill(-1)
  const most = new Uint8Array(data.subjects)
  for (let g = 0; g < products * slots; g++) {
    for (let i = offsets[g]; i < offsets[g + 1]; i++) {
      const s = data.subject[rows[i]]
      const kind = data.kind[rows[i]]
      if (stamp[s] === g) {
        if (kind <= most[s]) continue
        byKind[3 * g + most[s]]--
      }
      stamp[s] = g
      most[s] = kind
      byKind[3 * g + kind]++
    }
  }
  const exposure = new Int32Array(products)
  for (let p = 0; p < products; p++) {
    if (first[p] < Infinity) exposure[p] = Math.min(Math.floor((until - first[p]) / length), slots - 1)
  }
  return { byKind, exposure }
}

function expectedActivity(activity: Float64Array, exposure: Int32Array, slots: number): Float64Array {
  const products = exposure.length
  const past = new Float64Array(products)
  let allPast = 0
  let allRecent = 0
  let allExposure = 0
  for (let p = 0; p < products; p++) {
    for (let w = 1; w < slots; w++) past[p] += activity[p * slots + w]
    allPast += past[p]
    allExposure += exposure[p]
    if (exposure[p] > 0) allRecent += activity[p * slots]
  }
  const expected = new Float64Array(products)
  const average = allExposure > 0 ? allPast / allExposure : 0
  let usual = 0
  for (let p = 0; p < products; p++) {
    expected[p] = (past[p] + average) / (exposure[p] + 1)
    if (exposure[p] > 0) usual += expected[p]
  }
  // Without a past there is no usual week to compare with: then everything is as expected.
  if (!(usual > 0 && allRecent > 0)) {
    for (let p = 0; p < products; p++) expected[p] = Math.max(expected[p], activity[p * slots])
    return expected
  }
  for (let p = 0; p < products; p++) expected[p] *= allRecent / usual
  return expected
}

/** Var(N) = E + E^2 / alpha, so alpha = sum E^2 / sum ((N - E)^2 - E), kept within sense. */
function priorStrength(activity: Float64Array, expected: Float64Array, slots: number): number {
  let squares = 0
  let excess = 0
  for (let p = 0; p < expected.length; p++) {
    const off = activity[p * slots] - expected[p]
    squares += expected[p] * expected[p]
    excess += off * off - expected[p]
  }
  if (!(excess > 0)) return STRONGEST
  return Math.min(Math.max(squares / excess, WEAKEST), STRONGEST)
}

/** 5 % quantile of Gamma(shape, 1); Wilson and Hilferty 1931. Shape 10: 5.42 (exact 5.425). */
export function gammaLowerQuantile(shape: number): number {
  const root = 1 - 1 / (9 * shape) + Z05 / (3 * Math.sqrt(shape))
  return root > 0 ? shape * root * root * root : 0
}

/** Shoppers who did at least `kind`, recently and in a usual window. */
function shoppersOf(
  byKind: Int32Array,
  product: number,
  slots: number,
  exposure: number,
  kind: number,
): { recent: number; usual: number } {
  let recent = 0
  let past = 0
  for (let k = kind; k < 3; k++) {
    recent += byKind[3 * product * slots + k]
    for (let w = 1; w < slots; w++) past += byKind[3 * (product * slots + w) + k]
  }
  return { recent, usual: exposure > 0 ? past / exposure : 0 }
}
