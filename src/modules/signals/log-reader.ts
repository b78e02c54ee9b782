import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { EventType, LogEvent } from "../../core/signals"
import { queryPrepared, READER } from "../../providers/postgres"

/** A place in the log. Times stay text: a JavaScript Date would cut off their microseconds. */
export interface LogPosition {
  received_at: string
  event_id: string
}

export interface LogPage {
  events: LogEvent[]
  /** Where the next page begins: everything before it has been read, and nothing more can arrive there. */
  next: LogPosition
  /** Nothing was left to read. */
  caught_up: boolean
}

const FIRST_ID = "00000000-0000-0000-0000-000000000000"
const PRECISE = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

/**
 * Up to when the log is settled. `received_at` is the start of the transaction that writes, so what a running transaction has yet to commit
 * lies at its start or later: nothing can be added before the oldest one. The second before it covers the moment in which a
 * transaction has taken its start time and does not show yet. Only clients write events, and neither a dump nor our own long reads do.
 *
 * To be read in a statement of its own before the rows: one that ends between the two is then seen by the second.
 */
const SETTLED = `
  select to_char((least(now(), min(xact_start)) - interval '1 second') at time zone 'UTC', ${PRECISE}) as settled
  from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and application_name not in ('pg_dump', '${READER}')`

const PAGE = `
  select id, (extract(epoch from occurred_at) * 1000)::float8 as occurred_at, type, source, visitor_id, session_id, customer_id,
    product_id, order_id, cart_id, decision_id, data,
    to_char(received_at at time zone 'UTC', ${PRECISE}) as received_text
  from marketing_event
  where received_at >= $1::timestamptz and (received_at, id) > ($1::timestamptz, $2::uuid) and received_at < $3::timestamptz
    and ($4::text[] is null or type = any($4))
  order by received_at, id
  limit $5`

/** The log by a cursor that skips nothing: in the order in which events were received, as far as that is settled. */
export class LogReader {
  constructor(private readonly pg: Knex) {}

  /** The end of what is settled now: where a reader begins that does not care for the past. */
  async end(): Promise<LogPosition> {
    return { received_at: await this.#settled(), event_id: FIRST_ID }
  }

  /** The next events after `position`, of these types (all, if none are named), received before `until` (Unix milliseconds). */
  async after(
    position: LogPosition,
    limit: number,
    types?: readonly EventType[],
    until = Infinity,
  ): Promise<LogPage> {
    let settled = await this.#settled()
    if (until < Date.parse(settled)) settled = new Date(until).toISOString()
    const { rows } = await queryPrepared<LogEvent & { received_text: string }>(
      this.pg,
      "marketing_event_after",
      PAGE,
      [position.received_at, position.event_id, settled, types ?? null, limit],
    )
    const events = rows.map(({ received_text: _, ...event }) => event)
    const last = rows.at(-1)
    if (last && rows.length === limit) {
      return {
        events,
        next: { received_at: last.received_text, event_id: last.id },
        caught_up: false,
      }
    }
    // A long transaction can hold the end before where a reader stands already.
    const next = settled > position.received_at ? { received_at: settled, event_id: FIRST_ID } : position
    return { events, next, caught_up: true }
  }

  async #settled(): Promise<string> {
    const { rows } = (await this.pg.raw(SETTLED)) as { rows: { settled: string }[] }
    return rows[0].settled
  }
}
