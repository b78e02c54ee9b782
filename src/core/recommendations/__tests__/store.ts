import { seededRandom } from "../../data"
import { INTERACTION_KIND, TrainingDataBuilder, type TrainingData } from ".."

export const DAY = 86_400_000
export const NOW = Date.UTC(2026, 0, 1)

/** Orders as lists of products; order i by shopper `by[i]` (a shopper of its own without), i days before now from the end. */
export function storeOf(products: string[], orders: string[][], by: (string | null)[] = []): TrainingData {
  const builder = new TrainingDataBuilder()
  for (const id of products) builder.addProduct({ id, title: id, created_at: NOW - 400 * DAY })
  orders.forEach((order, i) => {
    const at = NOW - (orders.length - i) * DAY
    for (const id of order) builder.addInteraction(by[i] ?? null, `o${i}`, id, INTERACTION_KIND.buy, at)
  })
  return builder.finish()
}

/** Shoppers who keep to one of six groups of eight products, over half a year; the truth a learner must find. */
export function groupedStore(seed: number): TrainingData {
  const random = seededRandom(seed)
  const builder = new TrainingDataBuilder()
  for (let p = 0; p < 48; p++) {
    builder.addProduct({
      id: `p${p}`,
      title: `thing${p % 6} item${p}`,
      categories: [`group ${p % 6}`],
      created_at: NOW - p * DAY,
    })
  }
  for (let shopper = 0; shopper < 300; shopper++) {
    for (let visit = 0; visit < 6; visit++) {
      const at = NOW - (visit * 30 + random.next() * 30) * DAY
      for (let line = 0; line < 3; line++) {
        const product = random.next() < 0.85 ? (shopper % 6) + 6 * random.below(8) : random.below(48)
        const view = random.next() < 0.3
        builder.addInteraction(
          `s${shopper}`,
          view ? null : `o${shopper}-${visit}`,
          `p${product}`,
          view ? INTERACTION_KIND.view : INTERACTION_KIND.buy,
          at,
        )
      }
    }
  }
  return builder.finish()
}
