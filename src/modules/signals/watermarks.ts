import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { CORE_KINDS, EVENT_TYPES, type CoreKind } from "../../core/signals/core-events"

/** A place in the changes of one kind of row. Text keeps the microseconds that a Date would lose. */
interface Position {
  changed_at: string
  row_id: string
}

const PRECISE = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

/** How far reconciliation has read; a kind it has never read begins now, what was before is back-fill's. */
export async function watermarkOf(pg: Knex, kind: CoreKind): Promise<Position> {
  await pg.raw(
    `insert into marketing_watermark (id, changed_at, row_id) values (?, now(), '')
     on conflict (id) do update set changed_at = excluded.changed_at, row_id = '' where marketing_watermark.changed_at is null`,
    [kind],
  )
  const { rows } = await pg.raw<{ rows: Position[] }>(
    `select to_char(changed_at at time zone 'UTC', ${PRECISE}) as changed_at, row_id from marketing_watermark where id = ?`,
    [kind],
  )
  return rows[0]
}

/** Never moves back. */
export async function advanceWatermark(pg: Knex, kind: CoreKind, to: Position): Promise<void> {
  await pg.raw(
    `update marketing_watermark set changed_at = ?::timestamptz, row_id = ?, updated_at = now()
     where id = ? and (changed_at is null or (changed_at, row_id) < (?::timestamptz, ?))`,
    [to.changed_at, to.row_id, kind, to.changed_at, to.row_id],
  )
}

/** Reconciliation mends what a failed subscriber missed; the merchant should know that it had to. */
export async function noteFailure(pg: Knex, kind: CoreKind, message: string): Promise<void> {
  await pg.raw(
    `insert into marketing_watermark (id, failures, failed_at, failure) values (?, 1, now(), ?)
     on conflict (id) do update set failures = marketing_watermark.failures + 1, failed_at = now(), failure = excluded.failure`,
    [kind, message.slice(0, 500)],
  )
}

/** What a row of each kind is called in the log's columns or data. */
const SUBJECT: Record<CoreKind, string> = {
  orders: "order_id",
  carts: "cart_id",
  customers: "customer_id",
  returns: "data ->> 'return_id'",
  payments: "data ->> 'payment_id'",
  fulfillments: "data ->> 'fulfillment_id'",
}

/**
 * Counts what the log got in the last 24 hours, and keeps it beside the rows that changed meanwhile. Of a back-fill only
 * what happened in that time counts: as found later, since nobody announced it.
 */
export async function countCoverage(pg: Knex, rows_changed: Record<CoreKind, number>): Promise<void> {
  const subject = CORE_KINDS.map((kind) => `when '${kind}' then ${SUBJECT[kind]}`).join(" ")
  const types = CORE_KINDS.flatMap((kind) => EVENT_TYPES[kind].map((type) => [type, kind]))
  await pg.raw(
    `with recorded as (
       select k.kind, e.source, case k.kind ${subject} end as subject
       from marketing_event e join unnest(?::text[], ?::text[]) as k(type, kind) on k.type = e.type
       where e.received_at > now() - interval '24 hours'
         and (e.source in ('event', 'reconcile') or (e.source = 'backfill' and e.occurred_at > now() - interval '24 hours'))
     ), counted as (
       select kind, count(distinct subject) filter (where source = 'event')::int as seen,
         count(distinct subject) filter (where source <> 'event')::int as reconciled
       from recorded group by kind
     )
     update marketing_watermark w set rows_changed = n.rows_changed, seen = coalesce(c.seen, 0),
       reconciled = coalesce(c.reconciled, 0), counted_at = now(), updated_at = now()
     from unnest(?::text[], ?::int[]) as n(kind, rows_changed) left join counted c on c.kind = n.kind
     where w.id = n.kind`,
    [
      types.map(([type]) => type),
      types.map(([, kind]) => kind),
      [...CORE_KINDS],
      CORE_KINDS.map((kind) => rows_changed[kind]),
    ],
  )
}
