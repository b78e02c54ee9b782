import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { FIRST_HASH, sealHash, type SealedDecision } from "../../core/decisions"
import type { Audit } from "./audit"

/** What `verify` found; shaped as the route answers it. */
export interface Verification {
  intact: boolean
  entries: number
  seals: number
  decisions: number
  /** Where a chain breaks first. */
  broken_at: { chain: "audit" | "decisions"; number: number } | null
  milliseconds: number
}

/** Whoever decides holds its transaction open for less. */
const YOUNG_MS = 60_000
const LARGEST_SEAL = 10_000
const MOST_SEALS = 50

/** What a seal covers: what was decided, not about whom (see core's seal.ts). */
const SEALED = `id, round(extract(epoch from decided_at) * 1000)::float8 as decided_at, capability, automation_id, automation_version, model_id,
  subject_type, action_type, channel, value_amount::float8 as value_amount, value_currency, cost_amount::float8 as cost_amount,
  cost_currency, mode, outcome, verdict, explanation, held_out, experiment_id, arm`

interface SealRow {
  number: number
  decisions: number
  former_hash: string
  hash: string
}

/** The chain over decisions: one hash a batch of them, each holding the one before. */
export class Seals {
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
  ) {}

  /** Seals decisions older than a minute; returns how many. */
  async seal(now: number): Promise<number> {
    let sealed = 0
    for (let i = 0; i < MOST_SEALS; i++) {
      const more = await this.#sealOnce(now)
      sealed += more
      if (more < LARGEST_SEAL) break
    }
    return sealed
  }

  #sealOnce(now: number): Promise<number> {
    return this.pg.transaction(async (trx) => {
      await trx.raw("select pg_advisory_xact_lock(hashtext('marketing seal'))")
      const { rows } = (await trx.raw(
        `select ${SEALED} from marketing_decision where seal is null and decided_at < to_timestamp(? / 1000.0)
         order by id limit ${LARGEST_SEAL}`,
        [now - YOUNG_MS],
      )) as { rows: SealedDecision[] }
      if (rows.length === 0) return 0
      const last = (await trx.raw(
        "select number, hash from marketing_seal order by number desc limit 1",
      )) as {
        rows: { number: number; hash: string }[]
      }
      const { number, hash: former } = last.rows[0] ?? { number: 0, hash: FIRST_HASH }
      await trx.raw(
        "insert into marketing_seal (number, sealed_at, decisions, former_hash, hash) values (?, now(), ?, ?, ?)",
        [number + 1, rows.length, former, sealHash(former, rows)],
      )
      await trx.raw("update marketing_decision set seal = ? where id = any(?::uuid[])", [
        number + 1,
        rows.map(({ id }) => id),
      ])
      return rows.length
    })
  }

  /** Reads both chains from their beginning. */
  async verify(): Promise<Verification> {
    const from = Date.now()
    const trail = await this.audit.verify()
    const chain = await this.#verifySeals()
    let broken_at: Verification["broken_at"] = null
    if (chain.broken_at !== null) broken_at = { chain: "decisions", number: chain.broken_at }
    if (trail.broken_at !== null) broken_at = { chain: "audit", number: trail.broken_at }
    return {
      intact: broken_at === null,
      entries: trail.entries,
      seals: chain.seals,
      decisions: chain.decisions,
      broken_at,
      milliseconds: Date.now() - from,
    }
  }

  async #verifySeals(): Promise<{ seals: number; decisions: number; broken_at: number | null }> {
    const { rows: seals } = (await this.pg.raw(
      "select number, decisions, former_hash, hash from marketing_seal order by number",
    )) as { rows: SealRow[] }
    let former = FIRST_HASH
    let decisions = 0
    let number = 0
    for (const seal of seals) {
      const { rows } = (await this.pg.raw(
        `select ${SEALED} from marketing_decision where seal = ? order by id`,
        [seal.number],
      )) as { rows: SealedDecision[] }
      const follows = seal.number === number + 1 && seal.former_hash === former
      if (!follows || rows.length !== seal.decisions || seal.hash !== sealHash(former, rows)) {
        return { seals: number, decisions, broken_at: number + 1 }
      }
      former = seal.hash
      number = seal.number
      decisions += rows.length
    }
    return { seals: number, decisions, broken_at: null }
  }
}
