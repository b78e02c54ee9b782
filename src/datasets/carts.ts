import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { CartLineRow } from "../core/signals/core-events"
import { time, type RowSource } from "./row-source"

/** Lines of carts, those that were taken out again included. Subjects are carts. */
export const CARTS: RowSource<CartLineRow> = {
  kind: "carts",
  changes: `select id as row_id, cart_id as subject_id, greatest(updated_at, deleted_at) as changed_at
            from cart_line_item`,
  subjects: "select id from cart",
  read: readCartLines,
}

async function readCartLines(pg: Knex, ids: string[]): Promise<CartLineRow[]> {
  const { rows } = await pg.raw<{ rows: LineRecord[] }>(LINE_ROWS, [ids])
  return rows.map((row) => ({
    ...row,
    created_at: time(row.created_at),
    unit_price: Number(row.unit_price),
    updated_at: time(row.updated_at),
    deleted_at: time(row.deleted_at),
    cart_closed_at: time(row.cart_closed_at),
  }))
}

type LineRecord = Omit<
  CartLineRow,
  "created_at" | "updated_at" | "deleted_at" | "cart_closed_at" | "unit_price"
> & {
  unit_price: string
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
  cart_closed_at: Date | null
}

const LINE_ROWS = `
  select l.id, l.cart_id, c.customer_id, l.product_id, l.variant_id, l.metadata ->> 'marketing_decision_id' as decision_id,
    (select lower(a.country_code) from cart_address a where a.id = c.shipping_address_id) as country_code, l.quantity, l.unit_price, c.currency_code, l.created_at, l.updated_at, l.deleted_at, least(c.completed_at, c.deleted_at) as cart_closed_at
  from cart_line_item l
  join cart c on c.id = l.cart_id
  where l.cart_id = any(?)
  order by l.id`
