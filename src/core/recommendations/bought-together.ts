import type { Csr } from "../data"
import { CoOccurrence } from "./co-occurrence"
import { NeighbourListBuilder } from "./neighbour-list"
import type { Neighbours } from "./types"

/** Fewer orders than this say nothing about a pair. */
const MIN_TOGETHER = 2

/**
 * What is bought in one order, beyond what chance puts there.
 *
 * Of N orders, A hold product a, B hold b, O hold both; chance alone would give E = A B / N. The shrunk lift is
 * (O + 1/2) / (E + 1/2), and `liftLowerBound` the lower end of its 95 % interval (Norén, Hopstadius, Bate, "Shrinkage
 * observed-to-expected ratios", 2013). Pairs whose lower bound is not above 1 are dropped. The rest are ranked by
 * (O / A) x (1 - 1 / lower bound): the share of a's orders that hold b, less what chance explains of it (the
 * "added value" O/A - B/N, made cautious). So neither a best-seller that is in every order nor a pair seen once wins.
 *
 * Cost: sum over orders of size squared, then O(pairs log k). Memory: 20 bytes a product, 12 a kept neighbour.
 */
export function boughtTogether(
  baskets: Csr,
  neighbours: number,
): { together: Neighbours; ordersOf: Int32Array; orders: number } {
  const products = baskets.columnCount
  let orders = 0
  for (let b = 0; b < baskets.rows; b++) if (baskets.offsets[b + 1] > baskets.offsets[b]) orders++
  const pairs = new CoOccurrence(baskets, new Float32Array(baskets.rows).fill(1))
  const list = new NeighbourListBuilder(neighbours)
  for (let a = 0; a < products; a++) {
    const touched = pairs.collect(a)
    const ordersOfA = pairs.ownCounts[a]
    for (let i = 0; i < touched; i++) {
      const b = pairs.touched[i]
      const both = pairs.counts[b]
      const expected = (ordersOfA * pairs.ownCounts[b]) / orders
      // The bound is below (both + 1/2) / (expected + 1/2), so this is the most the score could be.
      const most = (both - expected) / (both + 0.5)
      if (both < MIN_TOGETHER || most <= 0 || (both / ordersOfA) * most < list.bar) continue
      const bound = liftLowerBound(both, expected)
      if (bound > 1) list.offer(b, (both / ordersOfA) * (1 - 1 / bound))
    }
    list.next(pairs.counts)
  }
  return { together: list.finish(), ordersOf: pairs.ownCounts.slice(), orders }
}

/**
 * Lower end of the 95 % interval of the shrunk lift (Norén et al. 2013, equation for IC025, here not as a logarithm).
 * Example: seen 10 times where 2 were expected: log2(10.5 / 2.5) - 3.3 / sqrt(10.5) - 2 / 10.5^1.5 = 0.993, so 1.99.
 */
export function liftLowerBound(observed: number, expected: number): number {
  const o = observed + 0.5
  return 2 ** (Math.log2(o / (expected + 0.5)) - 3.3 / Math.sqrt(o) - 2 / (o * Math.sqrt(o)))
}
