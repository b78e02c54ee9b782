import type { Csr } from "../data"
import { CoOccurrence } from "./co-occurrence"
import { NeighbourListBuilder } from "./neighbour-list"
import type { Neighbours } from "./types"

export interface ItemToItemOptions {
  neighbours: number
  /** Shoppers in common at which a similarity counts half. */
  shrink: number
  /** 0.5 is the symmetric cosine; towards 1 the neighbour's own popularity counts less against it. */
  asymmetry: number
}

/**
 * What the same shoppers choose, over all their orders, carts and views.
 *
 * sim(a, b) = sum over shoppers u of f_u w_ua w_ub / (|a|^2s |b|^2(1 - s)) x n / (n + shrink), with w the kind and age of
 * u's interest (see `shopperMatrix`), f_u = 1 / (products u chose), |a|^2 = sum f_u w_ua^2, n the shoppers of both and s the
 * asymmetry: the cosine of item-based collaborative filtering (Sarwar et al. 2001; Deshpande and Karypis 2004), asymmetric
 * as in Aiolli 2013, shrunk as in Bell and Koren 2007. f_u keeps one who buys everything from tying everything.
 *
 * Cost: sum over shoppers of size squared, then O(pairs log k). Memory: 20 bytes a product, 12 a kept neighbour.
 */
export function itemToItem(
  shoppers: Csr,
  options: ItemToItemOptions,
): { itemToItem: Neighbours; shoppersOf: Int32Array; shoppers: number } {
  const { neighbours, shrink, asymmetry } = options
  const products = shoppers.columnCount
  const unitWeights = new Float32Array(shoppers.rows)
  let active = 0
  for (let u = 0; u < shoppers.rows; u++) {
    const size = shoppers.offsets[u + 1] - shoppers.offsets[u]
    if (size === 0) continue
    unitWeights[u] = 1 / size
    active++
  }
  const pairs = new CoOccurrence(shoppers, unitWeights)
  const asNeighbour = new Float64Array(products)
  for (let b = 0; b < products; b++) asNeighbour[b] = Math.exp((asymmetry - 1) * Math.log(pairs.ownSums[b]))
  const list = new NeighbourListBuilder(neighbours)
  for (let a = 0; a < products; a++) {
    const touched = pairs.collect(a)
    const own = Math.exp(-asymmetry * Math.log(pairs.ownSums[a]))
    for (let i = 0; i < touched; i++) {
      const b = pairs.touched[i]
      const both = pairs.counts[b]
      list.offer(b, (pairs.sums[b] * own * asNeighbour[b] * both) / (both + shrink))
    }
    list.next(pairs.counts)
  }
  return { itemToItem: list.finish(), shoppersOf: pairs.ownCounts.slice(), shoppers: active }
}
