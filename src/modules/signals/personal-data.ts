import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

const OWN_EVENTS = `
  (customer_id = :customer_id
   or visitor_id::text in (select id from marketing_visitor where customer_id = :customer_id))`

/** Everything this module holds of a customer, by table. */
export async function exportPersonalData(
  pg: Knex,
  customer_id: string,
): Promise<Record<string, Record<string, unknown>[]>> {
  const rows = async (sql: string) =>
    ((await pg.raw(sql, { customer_id })) as { rows: Record<string, unknown>[] }).rows
  return {
    marketing_event: await rows(`select * from marketing_event where ${OWN_EVENTS} order by occurred_at`),
    marketing_visitor: await rows(
      "select id, customer_id, stitched_at from marketing_visitor where customer_id = :customer_id",
    ),
    marketing_consent: await rows(
      `select visitor_id, customer_id, purpose, granted, source, country_code, decided_at from marketing_consent
       where customer_id = :customer_id
          or visitor_id in (select id from marketing_visitor where customer_id = :customer_id)
       order by decided_at`,
    ),
    marketing_erasure: await rows("select id, erased_at from marketing_erasure where id = :customer_id"),
  }
}

/**
 * Deletes a customer's browsing, visitors and consents; orders, carts and returns keep their amounts and
 * lose the person: no customer, no visitor, and an order number that leads nowhere but still holds a
 * basket together. The customer's id is remembered, so that nothing read from the books later brings
 * them back. Returns rows by what was done to them.
 */
export async function erasePersonalData(pg: Knex, customer_id: string): Promise<Record<string, number>> {
  return pg.transaction(async (trx) => {
    const salt = randomUUID()
    const count = async (sql: string) =>
      ((await trx.raw(sql, { customer_id, salt })) as { rowCount: number }).rowCount
    await trx.raw(
      `insert into marketing_erasure (id, erased_at) values (:customer_id, now())
       on conflict (id) do update set erased_at = excluded.erased_at`,
      { customer_id },
    )
    const browsing = await count(
      `delete from marketing_event where source in ('browser', 'server') and ${OWN_EVENTS}`,
    )
    const commerce = await count(
      `update marketing_event set customer_id = null, visitor_id = null, session_id = null, cart_id = null, decision_id = null,
         order_id = case when order_id is null then null else 'erased_' || md5(order_id || :salt) end
       where ${OWN_EVENTS}`,
    )
    const consents = await count(
      `delete from marketing_consent where customer_id = :customer_id
         or visitor_id in (select id from marketing_visitor where customer_id = :customer_id)`,
    )
    const visitors = await count("delete from marketing_visitor where customer_id = :customer_id")
    return {
      marketing_event_deleted: browsing,
      marketing_event_without_identity: commerce,
      marketing_consent_deleted: consents,
      marketing_visitor_deleted: visitors,
    }
  })
}
