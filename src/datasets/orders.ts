import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { OrderLineRow, OrderRow } from "../core/signals/core-events"
import { time, type RowSource } from "./row-source"

/** Orders that an import made: their purchases are in the log already, as the import's own events. */
const NOT_IMPORTED = "metadata ->> 'marketing_imported_from' is null"

/** Placed orders (drafts become orders when they are converted) with every version of their lines. */
export const ORDERS: RowSource<OrderRow> = {
  kind: "orders",
  changes: `select id as row_id, id as subject_id, updated_at as changed_at from "order"
            where deleted_at is null and not is_draft_order and ${NOT_IMPORTED}`,
  subjects: `select id from "order" where deleted_at is null and not is_draft_order and ${NOT_IMPORTED}`,
  read: readOrders,
}

async function readOrders(pg: Knex, ids: string[]): Promise<OrderRow[]> {
  const [orders, items] = await Promise.all([
    pg.raw<{ rows: OrderRecord[] }>(ORDER_ROWS, [ids]),
    pg.raw<{ rows: ItemRecord[] }>(ITEM_ROWS, [ids]),
  ])
  const byId = new Map<string, OrderRow>()
  for (const row of orders.rows) {
    byId.set(row.id, {
      id: row.id,
      created_at: time(row.created_at),
      updated_at: time(row.updated_at),
      canceled_at: time(row.canceled_at),
      status: row.status,
      customer_id: row.customer_id,
      cart_id: row.cart_id,
      currency_code: row.currency_code,
      country_code: row.country_code,
      sales_channel_id: row.sales_channel_id,
      total: row.total === null ? null : Number(row.total),
      lines: [],
    })
  }
  let line: OrderLineRow | undefined
  for (const item of items.rows) {
    const order = byId.get(item.order_id)
    if (!order) continue
    // The rows come line by line, each line's versions together.
    if (line?.id !== item.line_id) {
      line = {
        id: item.line_id,
        product_id: item.product_id,
        variant_id: item.variant_id,
        sku: item.sku,
        unit_price: Number(item.unit_price),
        decision_id: item.decision_id,
        versions: [],
      }
      order.lines.push(line)
    }
    line.versions.push({
      version: item.version,
      quantity: Number(item.quantity),
      created_at: time(item.created_at),
    })
  }
  return [...byId.values()]
}

interface OrderRecord {
  id: string
  created_at: Date
  updated_at: Date
  canceled_at: Date | null
  status: string
  customer_id: string | null
  cart_id: string | null
  currency_code: string
  country_code: string | null
  sales_channel_id: string | null
  total: string | null
}

interface ItemRecord {
  order_id: string
  line_id: string
  version: number
  quantity: string
  unit_price: string
  created_at: Date
  product_id: string | null
  variant_id: string | null
  sku: string | null
  decision_id: string | null
}

// Each part is looked up by its key: the planner would rather read whole tables once for a page of orders,
// which makes a back-fill of many pages read them many times.
const ORDER_ROWS = `
  select o.id, o.created_at, o.updated_at, o.canceled_at, o.status, o.customer_id, o.currency_code, o.sales_channel_id,
    (select lower(a.country_code) from order_address a where a.id = o.shipping_address_id) as country_code,
    (select oc.cart_id from order_cart oc where oc.order_id = o.id and oc.deleted_at is null limit 1) as cart_id,
    (select s.totals ->> 'original_order_total' from order_summary s
      where s.order_id = o.id and s.deleted_at is null order by s.version limit 1) as total
  from "order" o
  where o.id = any(?) and o.deleted_at is null and not o.is_draft_order and ${NOT_IMPORTED}`

/** Versions that only repeat a line are left out here already. What a claim sends again is not a purchase. */
const ITEM_ROWS = `
  select oi.order_id, oi.item_id as line_id, oi.version, oi.quantity, coalesce(oi.unit_price, li.unit_price) as unit_price,
    oi.created_at, li.product_id, li.variant_id, li.sku, li.decision_id
  from (
    select order_id, item_id, version, quantity, unit_price, created_at,
      max(quantity) over (partition by order_id, item_id order by version rows between unbounded preceding and 1 preceding) as most
    from order_item
    where order_id = any(?) and deleted_at is null
  ) oi
  cross join lateral (
    select unit_price, product_id, variant_id, variant_sku as sku, metadata ->> 'marketing_decision_id' as decision_id
    from order_line_item where id = oi.item_id limit 1
  ) li
  where (oi.most is null or oi.quantity > oi.most) and not exists (
    select 1 from order_claim_item ci where ci.item_id = oi.item_id and ci.is_additional_item and ci.deleted_at is null
  )
  order by oi.order_id, oi.item_id, oi.version`
