import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { firstIdAt, timeOfEventId, type LogEvent } from "../../core/signals"
import { queryPrepared } from "../../providers/postgres"
import { GroupCommit } from "./group-commit"

const NO_PARTITION = "23514"
const LATER_MS = 250
/** One JSON parameter for all rows: half the work of twelve arrays, on both sides. */
const INSERT = `
  insert into marketing_event
    (id, occurred_at, type, source, visitor_id, session_id, customer_id, product_id, order_id, cart_id, decision_id, data)
  select id, to_timestamp(occurred_at / 1000), type, source, visitor_id, session_id, customer_id, product_id, order_id, cart_id, decision_id, data
  from json_to_recordset($1::json) as event(
    id uuid, occurred_at float8, type text, source text, visitor_id uuid, session_id uuid, customer_id text,
    product_id text, order_id text, cart_id text, decision_id uuid, data jsonb)
  on conflict (id) do nothing`

/** The append-only event log: table marketing_event, one partition a month of the id's time. */
export class EventLog {
  /** Months ("2026-11") whose partition is known to exist. */
  #months = new Set<string>()
  #commits = new GroupCommit<LogEvent>((events) => this.append(events))

  #later: LogEvent[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly pg: Knex) {}

  /**
   * Writes events; returns how many were new. An id that is already there is left as it is.
   * Give a transaction to write them together with something else.
   */
  async append(events: LogEvent[], transaction?: Knex.Transaction): Promise<number> {
    if (events.length === 0) return 0
    await this.makePartitions(events)
    const insert = () => this.#insert(events, transaction ?? this.pg)
    if (transaction) return insert()
    try {
      return await insert()
    } catch (error) {
      // A month we knew has been dropped meanwhile (retention, a restored database).
      if ((error as { code?: string }).code !== NO_PARTITION) throw error
      this.#months.clear()
      await this.makePartitions(events)
      return insert()
    }
  }

  /** Like `append`, sharing commits with whoever writes at the same time. Resolves when the events are durable. */
  join(events: LogEvent[]): Promise<void> {
    return this.#commits.add(events)
  }

  /** Writes an event within a quarter of a second, for what nobody waits for: an answer that was given. */
  later(event: LogEvent, failed: (error: unknown) => void): void {
    this.#later.push(event)
    this.#timer ??= setTimeout(() => void this.#writeLater().catch(failed), LATER_MS).unref()
  }

  #writeLater(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = this.#later.splice(0)
    return events.length > 0 ? this.join(events) : Promise.resolve()
  }

  /** Resolves when nothing is left to write. */
  async drained(): Promise<void> {
    await this.#writeLater()
    await this.#commits.drained()
  }

  /** Creates the partitions of the months from `from` to `to` (unix milliseconds) that do not exist. */
  async makePartitionsBetween(from: number, to: number): Promise<void> {
    const months: string[] = []
    const last = new Date(to)
    for (let at = monthStart(monthOf(from)); at <= last.getTime(); at = monthStart(monthOf(at), 1)) {
      months.push(monthOf(at))
    }
    await this.#createMonths(months.filter((month) => !this.#months.has(month)))
  }

  private async makePartitions(events: LogEvent[]): Promise<void> {
    const missing = new Set<string>()
    for (const event of events) {
      const month = monthOf(timeOfEventId(event.id))
      if (!this.#months.has(month)) missing.add(month)
    }
    if (missing.size > 0) await this.#createMonths([...missing])
  }

  async #createMonths(months: string[]): Promise<void> {
    if (months.length === 0) return
    // Always its own transaction: a partition made by a caller's transaction would lock the log until that ends.
    await this.pg.transaction(async (trx) => {
      await trx.raw("select pg_advisory_xact_lock(hashtext('marketing_event partitions'))")
      for (const month of months) {
        await trx.raw(
          `create table if not exists ?? partition of marketing_event for values from ('${firstIdAt(monthStart(month))}') to ('${firstIdAt(monthStart(month, 1))}')`,
          [partitionOf(month)],
        )
      }
    })
    for (const month of months) this.#months.add(month)
  }

  async #insert(events: LogEvent[], knex: Knex): Promise<number> {
    return (await queryPrepared(knex, "marketing_event_insert", INSERT, [JSON.stringify(events)])).rowCount
  }

  /**
   * Applies the retention periods. A month older than both is dropped whole; one older than browsing's
   * period alone is replaced by a partition that holds only its orders, carts and returns.
   */
  async retain(
    keep: { browsing_months: number; commerce_months: number | null },
    now: number,
  ): Promise<string[]> {
    const { rows } = (await this.pg.raw(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'marketing_event'::regclass order by 1`,
    )) as { rows: { name: string }[] }
    const oldest = (months: number) => partitionOf(monthOf(monthStart(monthOf(now), -months)))
    const done: string[] = []
    for (const { name } of rows) {
      const dropped = keep.commerce_months !== null && name < oldest(keep.commerce_months)
      if (dropped) {
        await this.pg.raw("drop table if exists ??", [name])
        done.push(name)
      } else if (name < oldest(keep.browsing_months) && (await this.#dropBrowsing(name))) {
        done.push(name)
      }
    }
    if (done.length > 0) this.#months.clear()
    return done
  }

  async #dropBrowsing(name: string): Promise<boolean> {
    const month = `${name.slice(-7, -3)}-${name.slice(-2)}`
    return this.pg.transaction(async (trx) => {
      await trx.raw("lock table ?? in share row exclusive mode", [name])
      const { rows } = (await trx.raw("select 1 from ?? where source in ('browser', 'server') limit 1", [
        name,
      ])) as { rows: unknown[] }
      if (rows.length === 0) return false
      const kept = `${name}_kept`
      await trx.raw("create table ?? (like marketing_event including defaults)", [kept])
      await trx.raw("insert into ?? select * from ?? where source not in ('browser', 'server')", [kept, name])
      await trx.raw("drop table ??", [name])
      await trx.raw("alter table ?? rename to ??", [kept, name])
      await trx.raw(
        `alter table marketing_event attach partition ?? for values from ('${firstIdAt(monthStart(month))}') to ('${firstIdAt(monthStart(month, 1))}')`,
        [name],
      )
      return true
    })
  }
}

function monthOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 7)
}

/** Unix milliseconds at which `month`, moved by `offset` months, begins (UTC). */
function monthStart(month: string, offset = 0): number {
  const [year, number] = month.split("-").map(Number)
  return Date.UTC(year, number - 1 + offset, 1)
}

function partitionOf(month: string): string {
  return `marketing_event_y${month.replace("-", "m")}`
}
