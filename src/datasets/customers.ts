import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { CustomerRow } from "../core/signals/core-events"
import { time, type RowSource } from "./row-source"

/** Customers, without who they are. */
export const CUSTOMERS: RowSource<CustomerRow> = {
  kind: "customers",
  changes: `select id as row_id, id as subject_id, updated_at as changed_at from customer where deleted_at is null`,
  subjects: "select id from customer where deleted_at is null",
  read: readCustomers,
}

async function readCustomers(pg: Knex, ids: string[]): Promise<CustomerRow[]> {
  const { rows } = await pg.raw<{
    rows: { id: string; created_at: Date; updated_at: Date; has_account: boolean }[]
  }>(
    "select id, created_at, updated_at, has_account from customer where id = any(?) and deleted_at is null",
    [ids],
  )
  return rows.map((row) => ({ ...row, created_at: time(row.created_at), updated_at: time(row.updated_at) }))
}
