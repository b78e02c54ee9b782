import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Counting a large log takes a while, and an open Overview asks every few seconds. */
const COUNTS_KEPT_MS = 30_000

export interface LogStatistics {
  per_minute: { minute: string; browser: number; server: number }[]
  last_24h: number
  total: number
  last_browser_event_at: string | null
  /** Orders whose lines are in the log, cancelled ones included. */
  orders: number
}

type Counts = Omit<LogStatistics, "per_minute">

/** Figures of the event log for the Overview. */
export class Statistics {
  #counts: Counts | null = null
  #counted_at = -Infinity

  constructor(private readonly pg: Knex) {}

  async read(now: number): Promise<LogStatistics> {
    if (now - this.#counted_at >= COUNTS_KEPT_MS) {
      const { rows } = (await this.pg.raw(
        `select count(*)::float8 as total,
           (count(*) filter (where received_at >= now() - interval '24 hours'))::float8 as last_24h,
           max(received_at) filter (where source = 'browser') as last_browser_event_at,
           (count(distinct order_id) filter (where type = 'item_purchased'))::float8 as orders
         from marketing_event`,
      )) as { rows: (Omit<Counts, "last_browser_event_at"> & { last_browser_event_at: Date | null })[] }
      this.#counts = {
        ...rows[0],
        last_browser_event_at: rows[0].last_browser_event_at?.toISOString() ?? null,
      }
      this.#counted_at = now
    }
    return { per_minute: await this.#perMinute(), ...this.#counts! }
  }

  async #perMinute(): Promise<LogStatistics["per_minute"]> {
    const { rows } = (await this.pg.raw(
      `select m as minute,
         (count(e.id) filter (where e.source = 'browser'))::float8 as browser,
         (count(e.id) filter (where e.source <> 'browser'))::float8 as server
       from generate_series(date_trunc('minute', now()) - interval '59 minutes', date_trunc('minute', now()), '1 minute') m
       left join (
         select id, source, date_trunc('minute', received_at) as minute from marketing_event
         where received_at >= date_trunc('minute', now()) - interval '59 minutes'
       ) e on e.minute = m
       group by m order by m`,
    )) as { rows: { minute: Date; browser: number; server: number }[] }
    return rows.map((row) => ({ ...row, minute: row.minute.toISOString() }))
  }
}
