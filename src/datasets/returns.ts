import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ReturnRow } from "../core/signals/core-events"
import { time, type RowSource } from "./row-source"

const RECEIVED =
  "action in ('RECEIVE_RETURN_ITEM', 'RECEIVE_DAMAGED_RETURN_ITEM') and applied and deleted_at is null"

/** Returns (also those of claims and exchanges), their lines, and each time something of them came back. */
export const RETURNS: RowSource<ReturnRow> = {
  kind: "returns",
  // A second parcel of the same size changes neither the return nor its lines, only the actions.
  changes: `select id as row_id, id as subject_id, updated_at as changed_at from "return" where deleted_at is null
            union all
            select id, return_id, updated_at from order_change_action where return_id is not null and ${RECEIVED}`,
  subjects: `select id from "return" where deleted_at is null`,
  read: readReturns,
}

async function readReturns(pg: Knex, ids: string[]): Promise<ReturnRow[]> {
  const [returns, lines, receipts] = await Promise.all([
    pg.raw<{ rows: ReturnRecord[] }>(RETURN_ROWS, [ids]),
    pg.raw<{ rows: LineRecord[] }>(LINE_ROWS, [ids]),
    pg.raw<{ rows: ReceiptRecord[] }>(RECEIPT_ROWS, [ids]),
  ])
  const byId = new Map<string, ReturnRow>()
  for (const row of returns.rows) {
    byId.set(row.id, {
      ...row,
      created_at: time(row.created_at),
      updated_at: time(row.updated_at),
      requested_at: time(row.requested_at),
      received_at: time(row.received_at),
      lines: [],
      receipts: [],
    })
  }
  for (const { return_id, quantity, received_quantity, ...line } of lines.rows) {
    byId.get(return_id)?.lines.push({
      ...line,
      quantity: Number(quantity),
      received_quantity: Number(received_quantity),
    })
  }
  for (const { return_id, quantity, created_at, updated_at, ...receipt } of receipts.rows) {
    byId.get(return_id)?.receipts.push({
      ...receipt,
      quantity: Number(quantity),
      created_at: time(created_at),
      updated_at: time(updated_at),
    })
  }
  return [...byId.values()]
}

interface ReturnRecord {
  id: string
  order_id: string
  customer_id: string | null
  status: string
  created_at: Date
  updated_at: Date
  requested_at: Date | null
  received_at: Date | null
}
interface LineRecord {
  return_id: string
  id: string
  line_id: string
  product_id: string | null
  variant_id: string | null
  sku: string | null
  quantity: string
  received_quantity: string
}
interface ReceiptRecord {
  return_id: string
  id: string
  line_id: string
  quantity: string
  created_at: Date
  updated_at: Date
}

const RETURN_ROWS = `
  select r.id, r.order_id, o.customer_id, r.status, r.created_at, r.updated_at, r.requested_at, r.received_at
  from "return" r
  join "order" o on o.id = r.order_id
  where r.id = any(?) and r.deleted_at is null`

const LINE_ROWS = `
  select ri.return_id, ri.id, ri.item_id as line_id, li.product_id, li.variant_id, li.variant_sku as sku,
    ri.quantity, ri.received_quantity
  from return_item ri
  join order_line_item li on li.id = ri.item_id
  where ri.return_id = any(?) and ri.deleted_at is null
  order by ri.id`

const RECEIPT_ROWS = `
  select return_id, id, details ->> 'reference_id' as line_id, details ->> 'quantity' as quantity, created_at, updated_at
  from order_change_action
  where return_id = any(?) and ${RECEIVED}
  order by id`
