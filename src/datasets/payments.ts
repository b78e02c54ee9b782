import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MoneyMovementRow } from "../core/signals/core-events"
import { time, type RowSource } from "./row-source"

/** Captures and refunds of the payments of orders. Subjects are payments. */
export const PAYMENTS: RowSource<MoneyMovementRow> = {
  kind: "payments",
  // A payment may be captured before it is linked to its order.
  changes: `select id as row_id, payment_id as subject_id, updated_at as changed_at from capture where deleted_at is null
            union all
            select id, payment_id, updated_at from refund where deleted_at is null
            union all
            select l.id, p.id, l.updated_at from order_payment_collection l
            join payment p on p.payment_collection_id = l.payment_collection_id and p.deleted_at is null
            where l.deleted_at is null and exists (select 1 from capture c where c.payment_id = p.id and c.deleted_at is null)`,
  subjects: "select id from payment where deleted_at is null",
  read: readMoneyMovements,
}

async function readMoneyMovements(pg: Knex, ids: string[]): Promise<MoneyMovementRow[]> {
  const { rows } = await pg.raw<{
    rows: (Omit<MoneyMovementRow, "amount" | "created_at"> & { amount: string; created_at: Date })[]
  }>(MOVEMENT_ROWS, [ids])
  return rows.map((row) => ({ ...row, amount: Number(row.amount), created_at: time(row.created_at) }))
}

// Looked up by key for each payment, for the reason given in orders.ts.
const MOVEMENT_ROWS = `
  select m.id, m.movement, p.id as payment_id, l.order_id, o.customer_id, m.amount, p.currency_code, m.created_at
  from payment p
  cross join lateral (
    select order_id from order_payment_collection
    where payment_collection_id = p.payment_collection_id and deleted_at is null limit 1
  ) l
  cross join lateral (select customer_id from "order" where id = l.order_id limit 1) o
  cross join lateral (
    (select id, 'capture' as movement, amount, created_at from capture where payment_id = p.id and deleted_at is null )
    union all
    (select id, 'refund', amount, created_at from refund where payment_id = p.id and deleted_at is null )
  ) m
  where p.id = any(?)
  order by m.created_at, m.id`
