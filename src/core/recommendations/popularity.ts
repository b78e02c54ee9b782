import { groupRows } from "../data"
import { INTERACTION_KIND, type InteractionColumns, type RecommendationModel } from "./types"

const DAY = 86_400_000

export interface PopularityOptions {
  /** Unix ms: ages count from here. */
  until: number
  /** Unix ms: the day on which "the last so many days" is read; at least `until`. Default `until`. */
  read_at?: number
  half_life_days: number
  /** Window of `buyers` before `until`; the answer's `days` counts from `read_at`. */
  days: number
}

/**
 * Purchases of each product, each halving in worth every half-life, scaled so that the best has 1; one shopper
 * counts once per product, at the latest purchase, so that a reseller does not make a best-seller.
 * Cost: O(interactions + products log products). Memory: 24 bytes a product, 4 an interaction.
 */
export function popularity(
  data: InteractionColumns,
  createdAt: Float64Array,
  options: PopularityOptions,
): RecommendationModel["popular"] {
  const { until, half_life_days, days } = options
  const products = createdAt.length
  const buyers = new Int32Array(products)
  const worth = new Float64Array(products)
  const latest = new Float64Array(products)
  const touched = new Int32Array(products)
  const rate = -Math.LN2 / (half_life_days * DAY)
  const since = until - days * DAY
  const { offsets, rows } = groupRows(data.subject, data.subjects)
  for (let s = 0; s < data.subjects; s++) {
    let used = 0
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      const row = rows[i]
      if (data.kind[row] !== INTERACTION_KIND.buy || data.at[row] > until) continue
      const product = data.product[row]
      if (latest[product] === 0) touched[used++] = product
      if (data.at[row] > latest[product]) latest[product] = data.at[row]
    }
    for (let i = 0; i < used; i++) {
      const product = touched[i]
      worth[product] += Math.exp(rate * (until - latest[product]))
      if (latest[product] > since) buyers[product]++
      latest[product] = 0
    }
  }
  let most = 0
  for (let p = 0; p < products; p++) most = Math.max(most, worth[p])
  const score = new Float32Array(products)
  if (most > 0) for (let p = 0; p < products; p++) score[p] = worth[p] / most
  const order = new Int32Array(products)
  for (let p = 0; p < products; p++) order[p] = p
  order.sort((a, b) => {
    if (buyers[a] > 0 !== buyers[b] > 0) return buyers[a] > 0 ? -1 : 1
    if (buyers[a] > 0) return worth[b] - worth[a] || a - b
    return createdAt[b] - createdAt[a] || worth[b] - worth[a] || a - b
  })
  return { order, score, buyers, days: Math.ceil(((options.read_at ?? until) - since) / DAY) }
}
