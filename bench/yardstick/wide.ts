/**
 * A wide catalogue and a long history by SQL: Medusa's workflows would take hours for a hundred thousand products. Every
 * row is what those workflows write for one product of one variant that is kept in stock, sold in one channel, priced in
 * euros and shipped by the store's profile.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { randomBytes } from "node:crypto"
import { seededRandom } from "../../src/core/data"
import { randomEventId, type LogEvent } from "../../src/core/signals"
import type { SignalsModuleService } from "../../src/modules/signals"
import type { StoreFixture } from "../../integration-tests/set-up/store"

const DAY = 86_400_000
const BATCH = 5_000
const KINDS = ["cup", "plate", "bowl", "jug", "pan", "knife", "board", "tray", "lamp", "chair"]

export async function addProducts(pg: Knex, store: StoreFixture, products: number): Promise<string[]> {
  const params = { products, channel: store.sales_channel_id, location: store.stock_location_id }
  const run = (sql: string): Promise<unknown> => pg.raw(sql, params)
  const words = `(array[${KINDS.map((kind) => `'${kind}'`).join(",")}])`
  await run(`insert into product (id, title, handle, description, status, is_giftcard, discountable)
    select 'prod_w' || n, 'Wide ' || ${words}[1 + n % 10] || ' series ' || n % 500 || ' number ' || n, 'wide-' || n,
      'A ' || ${words}[1 + n % 10] || ' of the series ' || n % 500, 'published', false, true
    from generate_series(1, :products) n`)
  await run(`insert into product_sales_channel (id, product_id, sales_channel_id)
    select 'prodsc_w' || n, 'prod_w' || n, :channel from generate_series(1, :products) n`)
  await run(`insert into product_shipping_profile (id, product_id, shipping_profile_id)
    select 'prodsp_w' || n, 'prod_w' || n, (select id from shipping_profile limit 1) from generate_series(1, :products) n`)
  await run(`insert into product_variant (id, title, sku, product_id, manage_inventory, allow_backorder, variant_rank)
    select 'variant_w' || n, 'One', 'WIDE-' || n, 'prod_w' || n, true, false, 0 from generate_series(1, :products) n`)
  await run(`insert into price_set (id) select 'pset_w' || n from generate_series(1, :products) n`)
  await run(`insert into price (id, price_set_id, currency_code, amount, raw_amount, rules_count)
    select 'price_w' || n, 'pset_w' || n, 'eur', 5 + n % 90, jsonb_build_object('value', (5 + n % 90)::text, 'precision', 20), 0
    from generate_series(1, :products) n`)
  await run(`insert into product_variant_price_set (id, variant_id, price_set_id)
    select 'pvps_w' || n, 'variant_w' || n, 'pset_w' || n from generate_series(1, :products) n`)
  await run(
    `insert into inventory_item (id, sku) select 'iitem_w' || n, 'WIDE-' || n from generate_series(1, :products) n`,
  )
  await run(`insert into product_variant_inventory_item (id, variant_id, inventory_item_id, required_quantity)
    select 'pvitem_w' || n, 'variant_w' || n, 'iitem_w' || n, 1 from generate_series(1, :products) n`)
  await run(`insert into inventory_level (id, inventory_item_id, location_id, stocked_quantity, raw_stocked_quantity,
      reserved_quantity, raw_reserved_quantity, incoming_quantity, raw_incoming_quantity)
    select 'ilev_w' || n, 'iitem_w' || n, :location, 100, '{"value":"100","precision":20}', 0, '{"value":"0","precision":20}',
      0, '{"value":"0","precision":20}' from generate_series(1, :products) n`)
  await pg.raw("analyze")
  return Array.from({ length: products }, (_, i) => `prod_w${i + 1}`)
}

/** The browser of the n-th shopper. */
export function wideVisitor(shopper: number): string {
  return `00000000-0000-4000-8000-${String(shopper).padStart(12, "0")}`
}

/** Visits over a year by shoppers of a taste: views, some cart lines, some purchases. */
export async function addHistory(
  signals: SignalsModuleService,
  products: readonly string[],
  { events, shoppers, now }: { events: number; shoppers: number; now: number },
): Promise<void> {
  const random = seededRandom(7)
  await signals.setConsentRule({
    country_code: "*",
    defaults: { analytics: true, personalisation: true },
    confirmed_by: "bench",
  })
  let batch: LogEvent[] = []
  for (let n = 0; n < events; n++) {
    const shopper = random.below(shoppers)
    const occurred_at = now - Math.floor(random.next() * 365 * DAY)
    // Half of what a shopper does is within their own thousandth of the catalogue.
    const own = random.next() < 0.5
    const place = own
      ? (shopper % 1_000) * 100 + Math.floor(100 * random.next() ** 2)
      : Math.floor(products.length * random.next() ** 3)
    const buys = random.next() < 0.3
    batch.push({
      id: randomEventId(occurred_at, randomBytes(10)),
      occurred_at,
      type: buys ? "item_purchased" : "product_viewed",
      source: "backfill",
      visitor_id: wideVisitor(shopper),
      order_id: buys ? `order_w${shopper}_${Math.floor(occurred_at / (7 * DAY))}` : undefined,
      product_id: products[place % products.length],
      data: buys
        ? { quantity: 1, unit_price: 10, currency_code: "eur", country_code: "de" }
        : { country_code: "de" },
    })
    if (batch.length === BATCH || n === events - 1) {
      await signals.record(batch)
      batch = []
    }
  }
}
