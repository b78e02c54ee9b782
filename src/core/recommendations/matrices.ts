import { groupRows, TopK, type Csr } from "../data"
import { INTERACTION_KIND, type InteractionColumns } from "./types"

const DAY = 86_400_000

/**
 * A larger order is a stock-up (a reseller, a fixture import): its pairs say little about taste and cost the square
 * of its size, so it is left out of the pair counts altogether, and out of `orders_of`.
 */
const MAX_BASKET = 500

/** Of a longer history only the products of greatest weight count: cost grows with the square here too. */
const MAX_HISTORY = 300

/** A view says less than a cart line, a cart line less than a purchase. Relative weights, by judgement. */
const KIND_WEIGHT = [0.2, 0.5, 1]

/** Weight of one thing done: by kind. */
export function kindWeight(kind: number): number {
  return KIND_WEIGHT[kind] ?? 0
}

/**
 * Orders up to `until` (Unix ms) as rows of distinct products, weight 1.
 * Cost: O(interactions); memory 12 bytes an interaction at its peak.
 */
export function basketMatrix(data: InteractionColumns, products: number, until: number): Csr {
  const { offsets: starts, rows } = groupRows(data.basket, data.baskets)
  const offsets = new Int32Array(data.baskets + 1)
  const columns = new Int32Array(rows.length)
  const seen = new Int32Array(products).fill(-1)
  let used = 0
  for (let b = 0; b < data.baskets; b++) {
    const from = used
    for (let i = starts[b]; i < starts[b + 1]; i++) {
      const row = rows[i]
      const product = data.product[row]
      if (data.kind[row] !== INTERACTION_KIND.buy || data.at[row] > until || seen[product] === b) continue
      seen[product] = b
      columns[used++] = product
    }
    if (used - from > MAX_BASKET) used = from
    offsets[b + 1] = used
  }
  return {
    rows: data.baskets,
    columnCount: products,
    offsets,
    columns: columns.slice(0, used),
    weights: new Float32Array(used).fill(1),
  }
}

/**
 * Shoppers as rows of distinct products with weight kind x 2^(-age / (2 x half-life)), the greatest of a product's
 * weights: the product of two such weights then halves once a half-life.
 * Cost: O(interactions); memory 16 bytes an interaction at its peak.
 */
export function shopperMatrix(
  data: InteractionColumns,
  products: number,
  until: number,
  halfLifeDays: number,
): Csr {
  const { offsets: starts, rows } = groupRows(data.subject, data.subjects)
  const offsets = new Int32Array(data.subjects + 1)
  const columns = new Int32Array(rows.length)
  const weights = new Float32Array(rows.length)
  const weightOf = new Float64Array(products)
  const touched = new Int32Array(products)
  const rate = -Math.LN2 / (2 * halfLifeDays * DAY)
  const best = new TopK(MAX_HISTORY)
  const bestRows = new Int32Array(MAX_HISTORY)
  const bestScores = new Float64Array(MAX_HISTORY)
  let used = 0
  for (let s = 0; s < data.subjects; s++) {
    let distinct = 0
    for (let i = starts[s]; i < starts[s + 1]; i++) {
      const row = rows[i]
      if (data.at[row] > until) continue
      const product = data.product[row]
      const weight = Math.max(KIND_WEIGHT[data.kind[row]] * Math.exp(rate * (until - data.at[row])), 1e-9)
      if (weightOf[product] === 0) touched[distinct++] = product
      if (weight > weightOf[product]) weightOf[product] = weight
    }
    if (distinct > MAX_HISTORY) {
      for (let i = 0; i < distinct; i++) best.offer(touched[i], weightOf[touched[i]])
      const kept = best.drain(bestRows, bestScores)
      for (let i = 0; i < kept; i++) {
        columns[used] = bestRows[i]
        weights[used++] = bestScores[i]
      }
    } else {
      for (let i = 0; i < distinct; i++) {
        columns[used] = touched[i]
        weights[used++] = weightOf[touched[i]]
      }
    }
    for (let i = 0; i < distinct; i++) weightOf[touched[i]] = 0
    offsets[s + 1] = used
  }
  return {
    rows: data.subjects,
    columnCount: products,
    offsets,
    columns: columns.slice(0, used),
    weights: weights.slice(0, used),
  }
}
