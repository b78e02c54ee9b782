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
const PRUNED_AT_ONCE = 5_000
/** As long as browsing is kept. */
export const KEPT_MONTHS = 13

/** What a seal covers: what was decided, not about whom (see core's seal.ts). */
const SEALED = `id, round(extract(epoch from decided_at) * 1000)::float8 as decided_at, capability, automation_id, automation_version, model_id,
  subject_type, action_type, channel, value_amount::float8 as value_amount, value_currency, cost_amount::float8 as cost_amount,
  cost_currency, mode, outcome, verdict, explanation, held_out, experiment_id, arm`

/** What was only recorded and never meant to be done: it goes when nobody asks any more what might have been. */
const ONLY_RECORDED = `
  (outcome in ('shadow', 'blocked') or exists (
    select 1 from marketing_delivery v where v.decision_id = marketing_decision.id and v.status = 'blocked'))`

interface SealRow {
  number: number
  decisions: number
  former_hash: string
  hash: string
  /** Since it was pruned: how many decisions are left of it, and the hash of those after the same former one. */
  kept: number | null
  kept_hash: string | null
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

  /**
   * Deletes decisions older than 13 months that were only recorded, with their deliveries, a seal a transaction. The seal keeps its own hash,
   * which the chain goes on from, and is given that of what is left; the trail says how many went of which seal. One that does not
   * verify is left as it is, for `verify` to show. Returns how many were deleted.
   */
  async prune(now: number): Promise<number> {
    let deleted = 0
    let after = 0
    for (;;) {
      const number = await this.#oldestUnpruned(now, after)
      if (number === null) return deleted
      deleted += await this.#pruneOne(number)
      after = number
    }
  }

  async #oldestUnpruned(now: number, after: number): Promise<number | null> {
    const { rows } = (await this.pg.raw(
      `select number from marketing_seal where number > ? and kept is null
         and sealed_at < to_timestamp(? / 1000.0) - interval '${KEPT_MONTHS} months' order by number limit 1`,
      [after, now],
    )) as { rows: { number: number }[] }
    return rows[0]?.number ?? null
  }

  #pruneOne(number: number): Promise<number> {
    return this.pg.transaction(async (trx) => {
      const { rows } = (await trx.raw(
        `select ${SEAL} from marketing_seal where number = ? and kept is null for update`,
        [number],
      )) as { rows: SealRow[] }
      // Another process has pruned it.
      if (rows.length === 0 || !covers(rows[0], await sealedBy(trx, number))) return 0
      const which = (await trx.raw(
        `select id from marketing_decision where seal = ? and ${ONLY_RECORDED} order by id for update`,
        [number],
      )) as { rows: { id: string }[] }
      const ids = which.rows.map(({ id }) => id)
      for (let i = 0; i < ids.length; i += PRUNED_AT_ONCE) {
        const some = [ids.slice(i, i + PRUNED_AT_ONCE)]
        await trx.raw("delete from marketing_delivery where decision_id = any(?::uuid[])", some)
        await trx.raw("delete from marketing_decision where id = any(?::uuid[])", some)
      }
      const kept = await sealedBy(trx, number)
      const kept_hash = sealHash(rows[0].former_hash, kept)
      await trx.raw("update marketing_seal set kept = ?, kept_hash = ? where number = ?", [
        kept.length,
        kept_hash,
        number,
      ])
      if (ids.length > 0) {
        await this.audit.append(trx, {
          actor_id: "system",
          action: "seal",
          target: `seal:${number}`,
          before: { decisions: rows[0].decisions, hash: rows[0].hash },
          after: { decisions: kept.length, hash: kept_hash },
        })
      }
      return ids.length
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
    const { rows: seals } = (await this.pg.raw(`select ${SEAL} from marketing_seal order by number`)) as {
      rows: SealRow[]
    }
    let former = FIRST_HASH
    let decisions = 0
    let number = 0
    for (const seal of seals) {
      const rows = await sealedBy(this.pg, seal.number)
      const follows = seal.number === number + 1 && seal.former_hash === former
      if (!follows || !covers(seal, rows)) {
        return { seals: number, decisions, broken_at: number + 1 }
      }
      former = seal.hash
      number = seal.number
      decisions += rows.length
    }
    return { seals: number, decisions, broken_at: null }
  }
}

const SEAL = "number, decisions, former_hash, hash, kept, kept_hash"

async function sealedBy(knex: Knex, number: number): Promise<SealedDecision[]> {
  const { rows } = (await knex.raw(`select ${SEALED} from marketing_decision where seal = ? order by id`, [
    number,
  ])) as { rows: SealedDecision[] }
  return rows
}

/** Whether these are the decisions that it sealed, or since it was pruned those that it kept. */
function covers(
  { decisions, kept, hash, kept_hash, former_hash }: SealRow,
  rows: readonly SealedDecision[],
): boolean {
  return rows.length === (kept ?? decisions) && sealHash(former_hash, rows) === (kept_hash ?? hash)
}
