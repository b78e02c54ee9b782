import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { queryPrepared } from "../providers/postgres"

const KIND = { product_viewed: "view", cart_item_added: "cart", item_purchased: "buy" } as const

export interface ShopperPast {
  /** False: they have not agreed to personalisation, and nothing was read. */
  permitted: boolean
  /** Views, additions to a cart and purchases, the last 200, newest first. `at`: Unix milliseconds. */
  history: { product_id: string; kind: "view" | "cart" | "buy"; at: number }[]
  /** What they sent back, the last 200. */
  returned: { product_id: string; at: number }[]
}

/**
 * What one shopper did, where they have agreed to personalisation, in one statement. The agreement is theirs as
 * `Consents.of` of the signals module finds it: the newest answer of the customer, or of the browser while nobody was signed
 * in, else their country's confirmed rule, else no. Cost: their own events, found by index.
 */
export async function readShopperPast(
  pg: Knex,
  shopper: { visitor_id: string | null; customer_id: string | null; country_code: string | null },
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
       where id in ($3, '*') and deleted_at is null and confirmed_at is not null
       order by id = '*' limit 1
     ), allowed as materialized (
       select coalesce((select granted from answer), (select granted from rule), false) as permitted
     ), own as materialized (
       select id, product_id, type, occurred_at, type = 'item_returned' as back from marketing_event
       where (select permitted from allowed) and (customer_id = $1 or visitor_id = $2::uuid) and product_id is not null
         and type in ('product_viewed', 'cart_item_added', 'item_purchased', 'item_returned')
     ), latest as (
       (select * from own where not back order by id desc limit 200)
       union all
       (select * from own where back order by id desc limit 200)
     )
     select allowed.permitted, latest.product_id, latest.type, extract(epoch from latest.occurred_at)::float8 * 1000 as at
     from allowed left join latest on true order by latest.id desc`,
    [shopper.customer_id, shopper.visitor_id, shopper.country_code ?? "*"],
  )
  const past: ShopperPast = { permitted: rows[0].permitted, history: [], returned: [] }
  for (const { product_id, type, at } of rows) {
    if (product_id === null) continue
    if (type === "item_returned") past.returned.push({ product_id, at })
    else past.history.push({ product_id, kind: KIND[type], at })
  }
  return past
}
