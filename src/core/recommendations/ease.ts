import { TopK, type Csr } from "../data"
import { invertPositiveDefinite, kernels, mirror, positiveDefiniteScratch, type Kernels } from "../math"
import { NeighbourListBuilder } from "./neighbour-list"
import type { Neighbours } from "./types"

export interface EaseOptions {
  /** L2 penalty; the weight of that many shoppers who chose nothing else. */
  lambda: number
  /** Products taken in, those of the most shoppers; the rest has no row. Memory and time grow with its square and cube. */
  head: number
  /**
   * Share of the input that the fit is made robust to losing, 0 to below 1 (Steck 2020): adds dropout / (1 - dropout)
   * of a product's own weight to its penalty. Default 0, the model of 2019.
   */
  dropout?: number
  /** Default: the fastest of this engine. */
  kernels?: Kernels
}

/** The whole signed weight matrix. */
export interface EaseWeights {
  /** Products of the head, most shoppers first. */
  products: Int32Array
  /** Row of each product in `weights`, -1 outside the head. */
  rowOf: Int32Array
  /** head x head, row-major: what product `products[r]` says for `products[c]`. 0 on the diagonal. */
  weights: Float32Array
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"): the item-item matrix B of zero diagonal that
 * least squares X ~ X B with penalty lambda |B|^2 wants, in closed form: P = (X^T X + lambda I)^-1, B_ab = -P_ab / P_bb.
 * X is shoppers x products with the weights given. Score of b for one shopper: sum over a of w_a B_ab.
 *
 * Cost: sum over shoppers of size squared, and head^3 operations. Memory while it runs: 8 head^2 bytes (4,000 products:
 * 128 MB), of which half stays with the result.
 */
export function easeWeights(shoppers: Csr, options: EaseOptions): EaseWeights {
  const { lambda, head, dropout = 0 } = options
  if (!(lambda > 0)) throw new RangeError(`EASE: lambda must be above 0, got ${lambda}`)
  if (!(dropout >= 0 && dropout < 1))
    throw new RangeError(`EASE: dropout must be 0 to below 1, got ${dropout}`)
  const { products, rowOf } = headProducts(shoppers, head)
  const size = products.length
  const arena = (options.kernels ?? kernels()).arena(size * size + positiveDefiniteScratch(size))
  const { floats } = arena
  addSparseGram(shoppers, rowOf, size, floats)
  for (let i = 0; i < size; i++) {
    const own = floats[i * size + i]
    floats[i * size + i] = own / (1 - dropout) + lambda
  }
  mirror(floats, 0, size)
  invertPositiveDefinite(arena, 0, size, size * size)
  const weights = floats.slice(0, size * size)
  const scale = new Float32Array(size)
  for (let i = 0; i < size; i++) scale[i] = -1 / weights[i * size + i]
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) weights[a * size + b] *= scale[b]
    weights[a * size + a] = 0
  }
  return { products, rowOf, weights }
}

/**
 * EASE as lists: of each product the `neighbours` of the greatest weight, best first. With `signed` those of the greatest
 * absolute weight, so that a score may be below 0 (what speaks against a product): much nearer to `easeWeights` for the
 * same length. What either costs is measured in bench/recommendations/movielens.ts. No counts.
 */
export function fitEase(
  shoppers: Csr,
  options: EaseOptions & { neighbours: number; signed?: boolean },
): Neighbours {
  const { products, rowOf, weights } = easeWeights(shoppers, options)
  const size = products.length
  const list = new NeighbourListBuilder(options.neighbours)
  for (let product = 0; product < shoppers.columnCount; product++) {
    const from = rowOf[product] * size
    for (let b = 0; from >= 0 && b < size; b++) {
      const weight = options.signed === true ? Math.abs(weights[from + b]) : weights[from + b]
      if (weight > 0) list.offer(products[b], weight)
    }
    list.next(null)
  }
  const lists = list.finish()
  if (options.signed !== true) return lists
  for (let product = 0; product < shoppers.columnCount; product++) {
    const from = rowOf[product] * size
    for (let i = lists.offsets[product]; i < lists.offsets[product + 1]; i++) {
      lists.score[i] = weights[from + rowOf[lists.product[i]]]
    }
  }
  return lists
}

/** Scores of all products (`out`, one a product) for a shopper with `weights` on `rows`; 0 outside the head. */
export function scoreEase(
  model: EaseWeights,
  rows: ArrayLike<number>,
  weights: ArrayLike<number>,
  out: Float32Array,
): void {
  const size = model.products.length
  const sums = new Float32Array(size)
  for (let i = 0; i < rows.length; i++) {
    const row = model.rowOf[rows[i]]
    if (row < 0) continue
    const weight = weights[i]
    const from = row * size
    for (let b = 0; b < size; b++) sums[b] += weight * model.weights[from + b]
  }
  out.fill(0)
  for (let b = 0; b < size; b++) out[model.products[b]] = sums[b]
}

function headProducts(shoppers: Csr, head: number): { products: Int32Array; rowOf: Int32Array } {
  const counts = new Int32Array(shoppers.columnCount)
  for (let i = 0; i < shoppers.columns.length; i++) counts[shoppers.columns[i]]++
  const best = new TopK(Math.min(head, shoppers.columnCount))
  for (let product = 0; product < counts.length; product++) {
    if (counts[product] > 0) best.offer(product, counts[product])
  }
  const rows = new Int32Array(Math.min(head, shoppers.columnCount))
  const products = rows.slice(0, best.drain(rows, new Float64Array(rows.length)))
  const rowOf = new Int32Array(shoppers.columnCount).fill(-1)
  for (let row = 0; row < products.length; row++) rowOf[products[row]] = row
  return { products, rowOf }
}

/** Adds X^T X of the head's columns to the lower triangle of `out` (size x size). */
function addSparseGram(shoppers: Csr, rowOf: Int32Array, size: number, out: Float32Array): void {
  const { offsets, columns, weights } = shoppers
  const rows = new Int32Array(size)
  const values = new Float64Array(size)
  for (let u = 0; u < shoppers.rows; u++) {
    let used = 0
    for (let e = offsets[u]; e < offsets[u + 1]; e++) {
      const row = rowOf[columns[e]]
      if (row < 0) continue
      // By insertion in ascending order, so that every pair below falls into the lower triangle, row after row.
      let at = used++
      while (at > 0 && rows[at - 1] > row) {
        rows[at] = rows[at - 1]
        values[at] = values[at - 1]
        at--
      }
      rows[at] = row
      values[at] = weights[e]
    }
    for (let i = 0; i < used; i++) {
      const from = rows[i] * size
      const weight = values[i]
      for (let j = 0; j <= i; j++) out[from + rows[j]] += weight * values[j]
    }
  }
}
