/**
 * The event log as a reader would have met it while it was being lived: in the order in which things happened, up to a moment. The log of
 * the sample was written in a minute, and tells by `received_at` only that.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { EventType, LogEvent } from "../../src/core/signals"
import type { LogPage, LogPosition } from "../../src/modules/signals/log-reader"

const FIRST_ID = "00000000-0000-0000-0000-000000000000"

const PAGE = `
  select id, (extract(epoch from occurred_at) * 1000)::float8 as occurred_at, type, source, visitor_id, session_id, customer_id,
    product_id, order_id, cart_id, decision_id, data
  from marketing_event
  where occurred_at >= :from::timestamptz and (occurred_at, id) > (:from::timestamptz, :id::uuid) and occurred_at < :until::timestamptz
    and type = any(:types)
  order by occurred_at, id
  limit :limit`

/** Stands in for the log's reader. */
export class LivedLog {
  constructor(
    private readonly pg: Knex,
    /** Unix milliseconds: what happened before it has been received. */
    public until: number,
  ) {}

  async end(): Promise<LogPosition> {
    return { received_at: new Date(this.until).toISOString(), event_id: FIRST_ID }
  }

  async after(position: LogPosition, limit: number, types: readonly EventType[]): Promise<LogPage> {
    const end = await this.end()
    const { rows: events } = (await this.pg.raw(PAGE, {
      from: position.received_at,
      id: position.event_id,
      until: end.received_at,
      types,
      limit,
    } as unknown as Record<string, Knex.Value>)) as { rows: LogEvent[] }
    if (events.length < limit) return { events, next: end, caught_up: true }
    const { id, occurred_at } = events[events.length - 1]
    const next = { received_at: new Date(occurred_at).toISOString(), event_id: id }
    return { events, next, caught_up: false }
  }
}
