import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Watch } from "../../core/decisions"

/** A place in the event log. Times stay text: a JavaScript Date would cut off their microseconds. */
export interface LogPosition {
  received_at: string
  event_id: string
}

/** A key that nothing happens to any more is forgotten after so long. */
const KEPT_DAYS = 60
const PRECISE = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

/** What the automations know of each key until it is due, and how far they have read the log. */
export class Watches {
  constructor(private readonly pg: Knex) {}

  /** null: it has never read. */
  async cursor(reader: string): Promise<LogPosition | null> {
    const { rows } = (await this.pg.raw(
      `select to_char(received_at at time zone 'UTC', ${PRECISE}) as received_at, event_id from marketing_cursor where reader = ?`,
      [reader],
    )) as { rows: LogPosition[] }
    return rows[0] ?? null
  }

  /** Begins to read at `position`; somebody else may have begun meanwhile, then that holds. */
  async begin(reader: string, position: LogPosition): Promise<LogPosition> {
    await this.pg.raw(
      "insert into marketing_cursor (reader, received_at, event_id) values (?, ?, ?) on conflict (reader) do nothing",
      [reader, position.received_at, position.event_id],
    )
    return (await this.cursor(reader)) ?? position
  }

  /**
   * Moves the cursor, if it still stands where it was read; returns whether it did. Until the transaction ends nobody else moves it, so
   * each page is folded once. `caught_up_at`: Unix milliseconds, if nothing was left to read.
   */
  async advance(
    trx: Knex.Transaction,
    reader: string,
    from: LogPosition,
    to: LogPosition,
    caught_up_at: number | null,
  ): Promise<boolean> {
    const { rowCount } = (await trx.raw(
      `update marketing_cursor set received_at = ?, event_id = ?,
         caught_up_at = coalesce(to_timestamp(?::float8 / 1000), caught_up_at)
       where reader = ? and received_at = ?::timestamptz and event_id = ?`,
      [to.received_at, to.event_id, caught_up_at, reader, from.received_at, from.event_id],
    )) as { rowCount: number }
    return rowCount > 0
  }

  /** What is kept of these keys, and of those that are due before `before` (at most `limit` of them, the longest due first). */
  async read(
    knex: Knex,
    automation_id: string,
    keys: readonly string[],
    before: number,
    limit: number,
  ): Promise<Map<string, Watch>> {
    const { rows } = (await knex.raw(
      `select key, state, round(extract(epoch from due_at) * 1000)::float8 as due_at from marketing_watch
       where automation_id = :automation_id and key = any(:keys)
       union
       select key, state, due_at from (
         select key, state, round(extract(epoch from due_at) * 1000)::float8 as due_at from marketing_watch
         where automation_id = :automation_id and due_at < to_timestamp(:before::float8 / 1000) order by due_at, key limit :limit) due`,
      { automation_id, keys: [...keys], before, limit } as unknown as Record<string, Knex.Value>,
    )) as { rows: (Watch & { key: string })[] }
    return new Map(rows.map(({ key, state, due_at }) => [key, { state, due_at }]))
  }

  /** States of keys, for asking whether something is still wanted. */
  async states(automation_id: string, keys: readonly string[]): Promise<Map<string, unknown>> {
    const { rows } = (await this.pg.raw(
      "select key, state from marketing_watch where automation_id = ? and key = any(?)",
      [automation_id, [...keys]],
    )) as { rows: { key: string; state: unknown }[] }
    return new Map(rows.map(({ key, state }) => [key, state]))
  }

  async write(
    trx: Knex.Transaction,
    automation_id: string,
    watches: Iterable<[string, Watch]>,
  ): Promise<void> {
    const rows = Array.from(watches, ([key, { state, due_at }]) => [key, state, due_at])
    if (rows.length === 0) return
    await trx.raw(
      `insert into marketing_watch (automation_id, key, state, due_at)
       select :automation_id, e->>0, e->1, to_timestamp((e->>2)::float8 / 1000) from jsonb_array_elements(:rows::jsonb) as e
       on conflict (automation_id, key) do update set state = excluded.state, due_at = excluded.due_at, updated_at = now()`,
      { automation_id, rows: JSON.stringify(rows) },
    )
  }

  /** The next that wait to be looked at, in the order of their keys: for another look at when, after their automation was changed. */
  async waiting(
    trx: Knex.Transaction,
    automation_id: string,
    after: string,
    limit: number,
  ): Promise<Map<string, Watch>> {
    const { rows } = (await trx.raw(
      `select key, state, round(extract(epoch from due_at) * 1000)::float8 as due_at from marketing_watch
       where automation_id = ? and key > ? and due_at is not null order by key limit ? for update`,
      [automation_id, after, limit],
    )) as { rows: (Watch & { key: string })[] }
    return new Map(rows.map(({ key, state, due_at }) => [key, { state, due_at }]))
  }

  /** Forgets keys that nothing has happened to for two months and that are not waited for. */
  async prune(now: number): Promise<number> {
    const { rowCount } = (await this.pg.raw(
      `delete from marketing_watch where due_at is null and updated_at < to_timestamp(? / 1000.0) - interval '${KEPT_DAYS} days'`,
      [now],
    )) as { rowCount: number }
    return rowCount
  }
}
