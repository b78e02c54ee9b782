import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { queryPrepared } from "../providers/postgres"

const KIND = { product_viewed: "view", cart_item_added: "cart", item_purchased: "buy" } as const

export interface ShopperPast {
  /** False: they have not agreed to personalisation, and nothing was read. */
  permitted: boolean
  /** The last 200 purchases, and the last 200 views and additions to a cart, newest first. `at`: Unix milliseconds. */
  history: { product_id: string; kind: "view" | "cart" | "buy"; at: number }[]
  /** What they sent back, the last 200. */
  returned: { product_id: string; at: number }[]
}

/**
 * What one shopper did, where they have agreed to personalisation, in one statement. The agreement is theirs as
 * `Consents.of` of the signals module finds it: the newest answer of the customer, or of the browser while nobody was signed
 * in, else the first confirmed one of `rules` (a country's and "*", or none), else no. A browser's past is what it did
 * while nobody was signed in: its owner's belongs to the owner. Cost: one pass over their own events, found by index (three
 * ordered reads, one a kind, take half as long again for an ordinary shopper).
 */
export async function readShopperPast(
  pg: Knex,
  shopper: { visitor_id: string | null; customer_id: string | null; rules: readonly string[] },
): Promise<ShopperPast> {
  const { rows } = await queryPrepared<{
    permitted: boolean
    product_id: string | null
    type: keyof typeof KIND | "item_returned"
    at: number
  }>(
    pg,
    "marketing_shopper_past",
    `with answer as (
       select granted from marketing_consent
       where purpose = 'personalisation' and deleted_at is null
         and (customer_id = $1 or (visitor_id = $2::text and customer_id is null))
       order by decided_at desc, id desc limit 1
     ), rule as (
       select coalesce((defaults->>'personalisation')::boolean, false) as granted from marketing_consent_rule
       where id = any($3::text[]) and deleted_at is null and confirmed_at is not null
       order by id = '*' limit 1
     ), allowed as materialized (
       select coalesce((select granted from answer), (select granted from rule), false) as permitted
     ), own as materialized (
       select id, product_id, type, occurred_at from marketing_event
       where (select permitted from allowed)
         and (customer_id = $1 or (visitor_id = $2::uuid and customer_id is null)) and product_id is not null
         and type in ('product_viewed', 'cart_item_added', 'item_purchased', 'item_returned')
     ), latest as (
       (select * from own where type = 'item_purchased' order by id desc limit 200)
       union all
       (select * from own where type in ('product_viewed', 'cart_item_added') order by id desc limit 200)
       union all
       (select * from own where type = 'item_returned' order by id desc limit 200)
     )
     select allowed.permitted, latest.product_id, latest.type, extract(epoch from latest.occurred_at)::float8 * 1000 as at
     from allowed left join latest on true order by latest.id desc`,
    [shopper.customer_id, shopper.visitor_id, shopper.rules],
  )
  const past: ShopperPast = { permitted: rows[0].permitted, history: [], returned: [] }
  for (const { product_id, type, at } of rows) {
    if (product_id === null) continue
    if (type === "item_returned") past.returned.push({ product_id, at })
    else past.history.push({ product_id, kind: KIND[type], at })
  }
  return past
}
