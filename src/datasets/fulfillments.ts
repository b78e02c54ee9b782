import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { FulfillmentRow } from "../core/signals/core-events"
import { time, type RowSource } from "./row-source"

/** Parcels of orders that were sent or delivered. */
export const FULFILLMENTS: RowSource<FulfillmentRow> = {
  kind: "fulfillments",
  changes: `select f.id as row_id, f.id as subject_id, f.updated_at as changed_at
            from fulfillment f join order_fulfillment l on l.fulfillment_id = f.id and l.deleted_at is null
            where f.deleted_at is null and (f.shipped_at is not null or f.delivered_at is not null)`,
  subjects: "select id from fulfillment where deleted_at is null",
  read: readFulfillments,
}

async function readFulfillments(pg: Knex, ids: string[]): Promise<FulfillmentRow[]> {
  const { rows } = await pg.raw<{ rows: FulfillmentRecord[] }>(
    `select f.id, l.order_id, o.customer_id, f.created_at, f.shipped_at, f.delivered_at
     from fulfillment f
     join order_fulfillment l on l.fulfillment_id = f.id and l.deleted_at is null
     join "order" o on o.id = l.order_id
     where f.id = any(?) and f.deleted_at is null
     order by f.id`,
    [ids],
  )
  return rows.map((row) => ({
    ...row,
    created_at: time(row.created_at),
    shipped_at: time(row.shipped_at),
    delivered_at: time(row.delivered_at),
  }))
}

interface FulfillmentRecord {
  id: string
  order_id: string
  customer_id: string | null
  created_at: Date
  shipped_at: Date | null
  delivered_at: Date | null
}
