import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { LogEvent } from "../../core/signals"

const VISITORS = "select id from marketing_visitor where customer_id = :customer_id"

/** What the customer did signed in, and what their browsers did while nobody was. */
const OWN_EVENTS = `
  (customer_id = :customer_id
   or (customer_id is null and visitor_id = any(array(select v.id::uuid from (${VISITORS}) v))))`
const OWN_CONSENTS = `
  (customer_id = :customer_id or (customer_id is null and visitor_id in (${VISITORS})))`

/** Ids in an event's data that lead to a Medusa order, and from there to a person. */
const LEADING = ["line_id", "payment_id", "return_id", "fulfillment_id"]

/** An event as it is kept of an erased person: what and how much, not who. */
export function withoutIdentity(event: LogEvent): LogEvent {
  const data = Object.fromEntries(Object.entries(event.data).filter(([key]) => !LEADING.includes(key)))
  return {
    ...event,
    customer_id: null,
    visitor_id: null,
    session_id: null,
    order_id: null,
    cart_id: null,
    decision_id: null,
    data,
  }
}

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
       where ${OWN_CONSENTS} order by decided_at`,
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
         data = data - array[${LEADING.map((key) => `'${key}'`).join(", ")}],
         order_id = case when order_id is null then null else 'erased_' || md5(order_id || :salt) end
       where ${OWN_EVENTS}`,
    )
    const consents = await count(`delete from marketing_consent where ${OWN_CONSENTS}`)
    const visitors = await count("delete from marketing_visitor where customer_id = :customer_id")
    return {
      marketing_event_deleted: browsing,
      marketing_event_without_identity: commerce,
      marketing_consent_deleted: consents,
      marketing_visitor_deleted: visitors,
    }
  })
}
