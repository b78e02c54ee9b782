import type { Csr } from "../data"
import { CoOccurrence } from "./co-occurrence"
import { NeighbourListBuilder } from "./neighbour-list"
import type { Neighbours } from "./types"

export interface Rp3betaOptions {
  /** Exponent of each step's probability; 1 is the plain random walk, below 1 flattens it. */
  alpha: number
  /** How much a product's popularity counts against it, 0 to 1. */
  beta: number
  neighbours: number
}

/**
 * RP3beta (Paudel, Christoffel, Newell and Bernstein 2017): a random walk of three steps over the graph of shoppers and
 * products, popular goals damped. As a list from product to product:
 * score(a, b) = sum over shoppers u of (w_ua / W_a)^alpha (w_ub / W_u)^alpha / W_b^beta
 * with W_a the weight of all shoppers on a and W_u that of all products of u. The walk's first step, from the shopper to
 * a, is the weight given to a when it is scored.
 *
 * Cost: sum over shoppers of size squared, then O(pairs log neighbours). Memory: the matrix once more, 28 bytes a product,
 * 12 a kept neighbour. `count`: shoppers of both.
 */
export function fitRp3beta(shoppers: Csr, options: Rp3betaOptions): Neighbours {
  const { alpha, beta, neighbours } = options
  if (!(alpha > 0)) throw new RangeError(`RP3beta: alpha must be above 0, got ${alpha}`)
  if (!(beta >= 0)) throw new RangeError(`RP3beta: beta must be 0 or more, got ${beta}`)
  const { rows, columnCount, offsets, columns } = shoppers
  const weightOf = new Float64Array(columnCount)
  const weights = new Float32Array(columns.length)
  const unitWeights = new Float32Array(rows)
  for (let u = 0; u < rows; u++) {
    let sum = 0
    for (let e = offsets[u]; e < offsets[u + 1]; e++) {
      const weight = shoppers.weights[e]
      sum += weight
      weightOf[columns[e]] += weight
      weights[e] = power(weight, alpha)
    }
    unitWeights[u] = power(sum, -alpha)
  }
  const pairs = new CoOccurrence({ ...shoppers, weights }, unitWeights)
  const asGoal = new Float64Array(columnCount)
  for (let b = 0; b < columnCount; b++) asGoal[b] = power(weightOf[b], -beta)
  const list = new NeighbourListBuilder(neighbours)
  for (let a = 0; a < columnCount; a++) {
    const touched = pairs.collect(a)
    const own = power(weightOf[a], -alpha)
    for (let i = 0; i < touched; i++) {
      const b = pairs.touched[i]
      list.offer(b, pairs.sums[b] * own * asGoal[b])
    }
    list.next(pairs.counts)
  }
  return list.finish()
}

/** base^exponent; 0 of what has no weight. */
function power(base: number, exponent: number): number {
  return base > 0 ? Math.exp(exponent * Math.log(base)) : 0
}
