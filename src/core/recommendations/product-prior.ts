import { groupRows, type Csr } from "../data"
import { INTERACTION_KIND, type InteractionColumns } from "./types"

const DAY = 86_400_000
const WEEK = 7 * DAY

/** A product an hour old has not had the chance to sell; nobody's exposure counts as less than this. */
const LEAST_WEEKS = 1 / 7

/**
 * Bounds of the prior's strength in weeks of exposure: below, a lucky first day leads; above, a flop never
 * falls.
 */
const WEAKEST = 0.5
const STRONGEST = 26

/** Products' worth of the store's mean in each category's. */
const PRIOR_PRODUCTS = 3

export interface ProductPrior {
  /** Expected buyers a week of each product. */
  expected: Float32Array
  /** Weeks within the window since the product was there. */
  weeks: Float32Array
  /** Buyers a week of a product of each category, and of the store. */
  category_mean: Float32Array
  store_mean: number
  /** Weeks of exposure at which a product's own sales count half. */
  strength_weeks: number
}

/**
 * How popular a product is likely to be, so that one without sales enters the lists at what its category
 * leads to expect.
 *
 * Buyers n in w weeks of exposure: n ~ Poisson(r w), r ~ Gamma with mean m and strength b in weeks; the
 * posterior mean is (n + b m) / (w + b), the parametric empirical Bayes of Morris (1983) for rates. m is the
 * mean over the product's categories of their products' mean rate, itself shrunk to the store's by three
 * products' worth; b = sum m w^2 / sum ((n - m w)^2 - m w) over products by moments, since Var(n) = m w + m
 * w^2 / b. New products stand near m, those that were there and did not sell fall below it.
 *
 * `createdAt` Unix ms; `categoriesOf` a row a product; the window is `days` before `until`; one shopper
 * counts once a product.
 * Cost: O(interactions + entries of categories). Memory: 4 bytes an interaction, 40 a product.
 */
export function productPrior(
  data: InteractionColumns,
  createdAt: Float64Array,
  categoriesOf: Csr,
  options: { until: number; days: number },
): ProductPrior {
  const { until, days } = options
  if (!(days > 0)) throw new RangeError(`product prior: days must be above 0, got ${days}`)
  const products = createdAt.length
  const since = until - days * DAY
  const buyers = buyersSince(data, products, since, until)
  const weeks = new Float64Array(products)
  let allBuyers = 0
  let allWeeks = 0
  for (let p = 0; p < products; p++) {
    // What is created later is not there yet; what was sold before its date of creation was there.
    weeks[p] = Math.max((until - Math.max(createdAt[p], since)) / WEEK, LEAST_WEEKS)
    allBuyers += buyers[p]
    allWeeks += weeks[p]
  }
  const storeMean = allWeeks > 0 ? allBuyers / allWeeks : 0
  const categoryMean = meansOf(buyers, weeks, categoriesOf, storeMean)
  const mean = new Float64Array(products)
  for (let p = 0; p < products; p++) {
    const from = categoriesOf.offsets[p]
    const to = categoriesOf.offsets[p + 1]
    for (let i = from; i < to; i++) mean[p] += categoryMean[categoriesOf.columns[i]] / (to - from)
    if (to === from) mean[p] = storeMean
  }
  const strength = strengthOf(buyers, weeks, mean)
  const expected = new Float32Array(products)
  for (let p = 0; p < products; p++) {
    expected[p] = (buyers[p] + strength * mean[p]) / (weeks[p] + strength)
  }
  return {
    expected,
    weeks: Float32Array.from(weeks),
    category_mean: Float32Array.from(categoryMean),
    store_mean: storeMean,
    strength_weeks: strength,
  }
}

function buyersSince(data: InteractionColumns, products: number, since: number, until: number): Int32Array {
  const { offsets, rows } = groupRows(data.product, products)
  const buyers = new Int32Array(products)
  const seen = new Int32Array(data.subjects).fill(-1)
  for (let p = 0; p < products; p++) {
    for (let i = offsets[p]; i < offsets[p + 1]; i++) {
      const row = rows[i]
      if (data.kind[row] !== INTERACTION_KIND.buy || data.at[row] <= since || data.at[row] > until) continue
      if (seen[data.subject[row]] === p) continue
      seen[data.subject[row]] = p
      buyers[p]++
    }
  }
  return buyers
}

/** Each category's buyers over weeks, shrunk to the store's by three products of average exposure. */
function meansOf(
  buyers: Int32Array,
  weeks: Float64Array,
  categoriesOf: Csr,
  storeMean: number,
): Float64Array {
  const sum = new Float64Array(categoriesOf.columnCount)
  const exposure = new Float64Array(categoriesOf.columnCount)
  let allWeeks = 0
  for (let p = 0; p < weeks.length; p++) {
    allWeeks += weeks[p]
    for (let i = categoriesOf.offsets[p]; i < categoriesOf.offsets[p + 1]; i++) {
      sum[categoriesOf.columns[i]] += buyers[p]
      exposure[categoriesOf.columns[i]] += weeks[p]
    }
  }
  const prior = weeks.length > 0 ? (PRIOR_PRODUCTS * allWeeks) / weeks.length : 1
  for (let c = 0; c < sum.length; c++) sum[c] = (sum[c] + prior * storeMean) / (exposure[c] + prior)
  return sum
}

/** b from Var(n) = m w + m w^2 / b, summed over products: b = sum m w^2 / sum ((n - m w)^2 - m w). */
function strengthOf(buyers: Int32Array, weeks: Float64Array, mean: Float64Array): number {
  let scale = 0
  let excess = 0
  for (let p = 0; p < weeks.length; p++) {
    const expected = mean[p] * weeks[p]
    const off = buyers[p] - expected
    scale += expected * weeks[p]
    excess += off * off - expected
  }
  if (!(excess > 0)) return STRONGEST
  return Math.min(Math.max(scale / excess, WEAKEST), STRONGEST)
}
