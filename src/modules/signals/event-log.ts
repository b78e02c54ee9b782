import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { firstIdAt, timeOfEventId, type LogEvent } from "../../core/signals"
import { queryPrepared } from "../../providers/postgres"
import { GroupCommit } from "./group-commit"

const NO_PARTITION = "23514"
const DUPLICATE = "23505"
const LATER_MS = 250
/** Rows as one JSON parameter, an array each: three quarters of the database's work with named fields or twelve arrays. */
const INSERT = `
  insert into marketing_event
    (id, occurred_at, type, source, visitor_id, session_id, customer_id, product_id, order_id, cart_id, decision_id, data)
  select (e->>0)::uuid, to_timestamp((e->>1)::float8 / 1000), e->>2, e->>3, (e->>4)::uuid, (e->>5)::uuid, e->>6, e->>7,
    e->>8, e->>9, (e->>10)::uuid, e->11
  from jsonb_array_elements($1::jsonb) as e`
const INSERT_NEW = `${INSERT} on conflict (id) do nothing`

/** The append-only event log: table marketing_event, one partition a month of the id's time. */
export class EventLog {
  /** Months ("2026-11") whose partition is known to exist. */
  #months = new Set<string>()
  #commits = new GroupCommit<LogEvent>((events) => this.#appendNew(events))

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
    if (transaction) return this.#insert(events, transaction)
    try {
      return await this.#insert(events, this.pg)
    } catch (error) {
      // A month we knew has been dropped meanwhile (retention, a restored database).
      if ((error as { code?: string }).code !== NO_PARTITION) throw error
      this.#months.clear()
      await this.makePartitions(events)
      return this.#insert(events, this.pg)
    }
  }

  /**
   * Browsers rarely send an event twice, and looking out for it costs a quarter of an insert: so the first try does
   * not, and only a group that does hold one is written again by `append`.
   */
  async #appendNew(events: LogEvent[]): Promise<void> {
    await this.makePartitions(events)
    try {
      await queryPrepared(this.pg, "marketing_event_insert", INSERT, [rowsOf(events)])
    } catch (error) {
      const { code } = error as { code?: string }
      if (code !== DUPLICATE && code !== NO_PARTITION) throw error
      await this.append(events)
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

  async #writeLater(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = this.#later.splice(0)
    // Each by itself: they share a commit all the same, and one that cannot be written spoils no other.
    await Promise.all(events.map((event) => this.join([event])))
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
    // Events come by the month, so almost all of them fall into the one just looked up.
    let from = Infinity
    let to = -Infinity
    for (const event of events) {
      const at = timeOfEventId(event.id)
      if (at >= from && at < to) continue
      const month = monthOf(at)
      from = monthStart(month)
      to = monthStart(month, 1)
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
    return (await queryPrepared(knex, "marketing_event_insert_new", INSERT_NEW, [rowsOf(events)])).rowCount
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

/** In the order of INSERT's columns. */
function rowsOf(events: LogEvent[]): string {
  return JSON.stringify(
    events.map((event) => [
      event.id,
      event.occurred_at,
      event.type,
      event.source,
      event.visitor_id,
      event.session_id,
      event.customer_id,
      event.product_id,
      event.order_id,
      event.cart_id,
      event.decision_id,
      event.data,
    ]),
  )
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
