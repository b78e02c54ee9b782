import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { EventColumnsBuilder, type EventColumns, type Person } from "../core/decisions"
import { firstIdAt, type EventType, type LogEvent } from "../core/signals"
import { readPages } from "./read-pages"

const DAY = 86_400_000
/** The id of a cart line's event carries the time at which the line was made, so it may be so much older than the event. */
const LINES_LIVE_DAYS = 92
/** A browser's fast clock can put an id ahead of its event. */
const AHEAD_DAYS = 2
const PAGE = 4_000

export interface AutomationEvents {
  events: EventColumns
  /** Everybody who did something in them, by customer where one is known; the country is the latest that was told. */
  persons: Person[]
}

/** `data`: JSON that nobody here has to read. */
type EventRow = Omit<LogEvent, "data"> & { data: string; country: string | null }

/**
 * Events of these types that happened from `from` up to, not including, `to`, by time and id, as columns for a worker. One pass over
 * the partitions of the span and a quarter before it, a sort in the database, and memory of the columns: some 75 bytes an event beside
 * its data. `read` hears the time of the last event of each page.
 */
export async function readAutomationEvents(
  pg: Knex,
  { types, from, to }: { types: readonly EventType[]; from: number; to: number },
  read: (events: number, at: number) => void,
): Promise<AutomationEvents> {
  const builder = new EventColumnsBuilder()
  const persons = new Map<string, Person>()
  await readPages<EventRow>(
    pg,
    `select id, extract(epoch from occurred_at)::float8 * 1000 as occurred_at, type, source, visitor_id, session_id, customer_id,
       product_id, order_id, cart_id, decision_id, data::text as data, data->>'country_code' as country
     from marketing_event
     where type = any(?) and occurred_at >= ? and occurred_at < ? and id >= ?::uuid and id < ?::uuid
     order by occurred_at, id`,
    [
      [...types],
      new Date(from),
      new Date(to),
      firstIdAt(Math.max(0, from - LINES_LIVE_DAYS * DAY)),
      firstIdAt(to + AHEAD_DAYS * DAY),
    ] as unknown as Knex.RawBinding[],
    (rows) => {
      for (const event of rows) {
        builder.addWithData(event, event.data)
        note(persons, event)
      }
      read(builder.length, rows[rows.length - 1].occurred_at)
    },
    PAGE,
  )
  return { events: builder.finish(), persons: [...persons.values()] }
}

function note(persons: Map<string, Person>, row: EventRow): void {
  const { customer_id, visitor_id } = row
  const key = customer_id ?? visitor_id
  if (key == null) return
  const country = row.country?.toLowerCase() ?? null
  const known = persons.get(key)
  if (known === undefined) {
    persons.set(key, {
      customer_id: customer_id ?? null,
      visitor_id: visitor_id ?? null,
      country_code: country,
    })
    return
  }
  known.visitor_id ??= visitor_id ?? null
  known.country_code = country ?? known.country_code
}
