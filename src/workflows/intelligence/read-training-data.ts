import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { INTERACTION_KIND, TrainingDataBuilder, type TrainingData } from "../../core/recommendations"
import { readCatalogue } from "../../datasets/catalogue"
import { readInteractions } from "../../datasets/interactions"

/** Two years hold each season twice; what is older says little about what is bought next. */
const LEARN_FROM_DAYS = 730
const DAY = 86_400_000

const KIND_OF = {
  product_viewed: INTERACTION_KIND.view,
  cart_item_added: INTERACTION_KIND.cart,
  item_purchased: INTERACTION_KIND.buy,
} as const

/** The catalogue, and what shoppers did with it up to `until` (Unix ms), as columns that a thread can share. */
export async function readTrainingData(
  pg: Knex,
  until: number,
  onPage: () => void = () => {},
): Promise<TrainingData> {
  const builder = new TrainingDataBuilder()
  await readCatalogue(pg, (product) => builder.addProduct(product))
  await readInteractions(pg, until - LEARN_FROM_DAYS * DAY, (rows) => {
    onPage()
    for (const row of rows) {
      const basket = row.type === "item_purchased" ? row.order_id : null
      builder.addInteraction(row.subject, basket, row.product_id, KIND_OF[row.type], row.at, {
        country: row.country_code,
        channel: row.sales_channel_id,
      })
    }
  })
  return builder.finish()
}
