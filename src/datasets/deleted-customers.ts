import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Customers that Medusa has deleted and this plugin has not erased yet, at most `limit`. */
export async function readDeletedCustomers(pg: Knex, limit: number): Promise<string[]> {
  const { rows } = (await pg.raw(
    `select c.id from customer c
     where c.deleted_at is not null and not exists (select 1 from marketing_erasure e where e.id = c.id)
     order by c.deleted_at limit ?`,
    [limit],
  )) as { rows: { id: string }[] }
  return rows.map((row) => row.id)
}
