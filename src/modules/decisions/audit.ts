import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { auditHash, FIRST_HASH } from "../../core/decisions"

/** What staff, or the plugin itself ("system"), changed. */
export interface AuditInput {
  actor_id: string
  /** "capability.mode", "kill_switch", "automation.settings", "budget", "guard", "approval", "experiment", ... */
  action: string
  /** "store", "guard", "capability:offers", "automation:mauto_…", "budget:mbudget_…", "decision:0190…", ... */
  target: string
  before: unknown
  after: unknown
}

export interface AuditRow extends AuditInput {
  number: number
  /** Unix milliseconds. */
  at: number
  hash: string
}

export interface AuditFilter {
  action?: string
  target?: string
  actor_id?: string
  /** Inclusive. */
  from?: Date
  /** Exclusive. */
  to?: Date
}

const COLUMNS = `number, round(extract(epoch from at) * 1000)::float8 as at, actor_id, action, target, before, after, hash`
const PAGE = 5_000

/** The trail of changes: append-only, each entry's hash holds the one before. */
export class Audit {
  constructor(private readonly pg: Knex) {}

  /** Writes an entry in the transaction of the change itself. */
  append(trx: Knex.Transaction, entry: AuditInput): Promise<void> {
    return this.appendAll(trx, [entry])
  }

  /**
   * The lock of the trail is the last that a transaction may take, after every row it changes, so that whoever holds it never waits: then
   * nobody can wait for each other.
   */
  async appendAll(trx: Knex.Transaction, entries: readonly AuditInput[]): Promise<void> {
    if (entries.length === 0) return
    await trx.raw("select pg_advisory_xact_lock(hashtext('marketing audit'))")
    const { rows } = (await trx.raw(
      `select (extract(epoch from clock_timestamp()) * 1000)::bigint::float8 as at, coalesce(max(number), 0) as last,
         (select hash from marketing_audit order by number desc limit 1) as hash from marketing_audit`,
    )) as { rows: { at: number; last: number; hash: string | null }[] }
    let { last: number, hash: former } = { last: rows[0].last, hash: rows[0].hash ?? FIRST_HASH }
    const links = entries.map((entry) => {
      number++
      const written = { number, at: rows[0].at, ...entry }
      const hash = auditHash(former, written)
      const link = { ...written, former_hash: former, hash }
      former = hash
      return link
    })
    await trx.raw(
      `insert into marketing_audit (number, at, actor_id, action, target, before, after, former_hash, hash)
       select number, to_timestamp(at / 1000), actor_id, action, target, nullif(before, 'null'), nullif(after, 'null'), former_hash, hash
       from jsonb_to_recordset(?::jsonb) as e(number int, at float8, actor_id text, action text, target text, before jsonb, after jsonb,
         former_hash text, hash text)`,
      [JSON.stringify(links)],
    )
  }

  /** Newest first. */
  async list(
    filter: AuditFilter,
    page: { limit: number; offset: number },
  ): Promise<{ rows: AuditRow[]; count: number }> {
    const which = `from marketing_audit where (:action::text is null or action = :action)
      and (:target::text is null or target = :target) and (:actor_id::text is null or actor_id = :actor_id)
      and (:from::timestamptz is null or at >= :from) and (:to::timestamptz is null or at < :to)`
    const bindings = {
      action: filter.action ?? null,
      target: filter.target ?? null,
      actor_id: filter.actor_id ?? null,
      from: filter.from ?? null,
      to: filter.to ?? null,
      ...page,
    }
    const found = (await this.pg.raw(
      `select ${COLUMNS} ${which} order by number desc limit :limit offset :offset`,
      bindings,
    )) as { rows: AuditRow[] }
    const counted = (await this.pg.raw(`select count(*)::int as n ${which}`, bindings)) as {
      rows: { n: number }[]
    }
    return { rows: found.rows, count: counted.rows[0].n }
  }

  /** Reads the whole chain again: how many entries it has, and the first that does not follow from the one before. */
  async verify(): Promise<{ entries: number; broken_at: number | null }> {
    let former = FIRST_HASH
    let number = 0
    for (;;) {
      const { rows } = (await this.pg.raw(
        `select ${COLUMNS}, former_hash from marketing_audit where number > ? order by number limit ${PAGE}`,
        [number],
      )) as { rows: (AuditRow & { former_hash: string })[] }
      for (const row of rows) {
        const follows = row.number === number + 1 && row.former_hash === former
        if (!follows || row.hash !== auditHash(former, row)) return { entries: number, broken_at: number + 1 }
        former = row.hash
        number = row.number
      }
      if (rows.length < PAGE) return { entries: number, broken_at: null }
    }
  }
}
