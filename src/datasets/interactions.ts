import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { firstIdAt, timeOfEventId } from "../core/signals"
import { readPages } from "./read-pages"

export interface InteractionRow {
  type: "product_viewed" | "cart_item_added" | "item_purchased"
  /** Who did it; a name for this order or visit alone when the person may not be linked. */
  subject: string
  order_id: string | null
  product_id: string
  /** Unix milliseconds. */
  at: number
  /** Two letters, lower case; of an order, its shipping address. */
  country_code: string | null
  sales_channel_id: string | null
}

/** An id may be a day ahead of its event (a browser's fast clock), so the newest event is not the newest id. */
const AHEAD_MS = 2 * 86_400_000

/** Unix milliseconds of the newest view, addition to a cart or purchase; null when there is none. */
export async function readNewestInteraction(pg: Knex): Promise<number | null> {
  const learned = "type in ('product_viewed', 'cart_item_added', 'item_purchased') and product_id is not null"
  const newest = (await pg.raw(
    `select id from marketing_event where ${learned} order by id desc limit 1`,
  )) as { rows: { id: string }[] }
  if (newest.rows.length === 0) return null
  const { rows } = (await pg.raw(
    `select extract(epoch from max(occurred_at))::float8 * 1000 as at from marketing_event
     where ${learned} and id >= ?::uuid`,
    [firstIdAt(timeOfEventId(newest.rows[0].id) - AHEAD_MS)],
  )) as { rows: { at: number }[] }
  return rows[0].at
}

/**
 * Views, additions to carts and purchases since `since`, without cancelled orders.
 *
 * Several orders of one person are linked only where that person's personalisation consent allows it:
 * their newest answer, else that of the browser, else the confirmed rule of the country it happened in. Everybody else's
 * orders still teach what is bought together, each by itself.
 */
export async function readInteractions(
  pg: Knex,
  since: number,
  each: (rows: InteractionRow[]) => void,
): Promise<void> {
  await readPages<InteractionRow>(
    pg,
    `with customer_answer as (
       select distinct on (customer_id) customer_id, granted from marketing_consent
       where purpose = 'personalisation' and deleted_at is null and customer_id is not null
       order by customer_id, decided_at desc, id desc
     ), visitor_answer as (
       select distinct on (visitor_id) visitor_id, granted from marketing_consent
       where purpose = 'personalisation' and deleted_at is null and visitor_id is not null and customer_id is null
       order by visitor_id, decided_at desc, id desc
     ), rule as (
       select id, coalesce((defaults->>'personalisation')::boolean, false) as granted from marketing_consent_rule
       where confirmed_at is not null and deleted_at is null
     ), cancelled as materialized (
       select order_id from marketing_event where type = 'order_cancelled' and order_id is not null
     )
     select e.type, e.order_id, e.product_id, extract(epoch from e.occurred_at)::float8 * 1000 as at,
       lower(e.data->>'country_code') as country_code, e.data->>'sales_channel_id' as sales_channel_id,
       case when coalesce(c.granted, n.granted, r.granted, a.granted, false)
         then coalesce(e.customer_id, v.customer_id, e.visitor_id::text, e.session_id::text, e.order_id, e.cart_id, e.id::text)
         else coalesce(e.order_id, e.session_id::text, e.cart_id, e.id::text) end as subject
     from marketing_event e
     left join marketing_visitor v on v.id = e.visitor_id::text and e.customer_id is null and e.occurred_at <= v.stitched_at
     left join customer_answer c on c.customer_id = coalesce(e.customer_id, v.customer_id)
     left join visitor_answer n on n.visitor_id = e.visitor_id::text
     left join rule r on r.id = lower(e.data->>'country_code')
     left join rule a on a.id = '*'
     where e.type in ('product_viewed', 'cart_item_added', 'item_purchased') and e.product_id is not null
       and e.id >= ?::uuid
       and (e.order_id is null or e.order_id not in (select order_id from cancelled))`,
    [firstIdAt(since)],
    each,
  )
}
