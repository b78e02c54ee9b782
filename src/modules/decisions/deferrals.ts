import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  isContact,
  reguard,
  type Decided,
  type GuardReason,
  type Outcome,
  type Trip,
} from "../../core/decisions"
import type { Circumstances } from "./batch-facts"
import { writeReleased, type NewDecision } from "./decision-rows"
import {
  DELIVERED_COLUMNS,
  deliveredOf,
  proposalOf,
  type DeliveredDecision,
  type DeliveredRecord,
} from "./delivered-decision"
import { lockDeciding, type Recorder } from "./recorder"
import { endOf, reasonsToWait } from "./reasons-to-wait"

/** What became of a decision that was put off. */
export interface ReleasedRow {
  id: string
  outcome: Outcome
  decided: Decided
}

/** Decisions that the guard has put off: looked at again when it said it would help. */
export class Deferrals {
  constructor(
    private readonly pg: Knex,
    private readonly recorder: Recorder,
  ) {}

  /** Those that may be looked at again, the longest due first, in the order in which a simulation looks at them. */
  async due(limit: number, now: number): Promise<DeliveredDecision[]> {
    const { rows } = (await this.pg.raw(
      `select ${DELIVERED_COLUMNS} from marketing_delivery v join marketing_decision d on d.id = v.decision_id
       where v.status = 'deferred' and v.deliver_after <= to_timestamp(:now::float8 / 1000)
         and v.expires_at > to_timestamp(:now::float8 / 1000)
       order by v.deliver_after, d.dedupe_key collate "C" limit :limit`,
      { now, limit },
    )) as { rows: DeliveredRecord[] }
    return rows.map(deliveredOf)
  }

  /** What is no longer wanted is not looked at again. */
  async withdraw(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.pg.raw(
      "update marketing_delivery set status = 'withdrawn', updated_at = now() where decision_id = any(?::uuid[]) and status = 'deferred'",
      [[...ids]],
    )
  }

  /** Guards them again at `now`, under the lock of deciding, in the order given. Those that somebody else has released are left out. */
  async release(
    deferred: readonly DeliveredDecision[],
    circumstances: Circumstances,
    now: number,
  ): Promise<{ rows: ReleasedRow[]; tripped: Trip[] }> {
    if (deferred.length === 0) return { rows: [], tripped: [] }
    return this.pg.transaction(async (trx) => {
      await lockDeciding(trx)
      const { rows: still } = (await trx.raw(
        "select decision_id as id from marketing_delivery where decision_id = any(?::uuid[]) and status = 'deferred' order by 1 for update",
        [deferred.map(({ id }) => id)],
      )) as { rows: { id: string }[] }
      const ids = new Set(still.map(({ id }) => id))
      const mine = deferred.filter(({ id }) => ids.has(id))
      if (mine.length === 0) return { rows: [], tripped: [] }
      const proposals = mine.map(proposalOf)
      const { facts } = await this.recorder.factsFor(trx, proposals, now, circumstances)
      const held = { ...facts, ...circumstances }
      const tripped: Trip[] = []
      const again = mine.map(({ id }, i): NewDecision => {
        const one = reguard(proposals[i], held, now)
        tripped.push(...one.tripped)
        for (const { capability } of one.tripped) {
          const state = held.capabilities.get(capability)!
          held.capabilities = new Map(held.capabilities).set(capability, { ...state, tripped_at: now })
        }
        return { id, at: now, decided: one.decided }
      })
      await writeReleased(trx, again)
      await this.recorder.writeConsequences(trx, again, tripped, held, now)
      return {
        rows: again.map(({ id, decided }) => ({ id, outcome: decided.outcome, decided })),
        tripped,
      }
    })
  }

  /**
   * Asks again whether those that `owner` has claimed may be done at `now`, though the guard let them through a while ago: those that
   * must wait are put off. Answers all reasons of each that has some; where one of them has no end, what to do is left to the caller.
   */
  async putOff(
    claimed: readonly DeliveredDecision[],
    owner: string,
    circumstances: Circumstances,
    now: number,
  ): Promise<Map<string, GuardReason[]>> {
    const against = new Map<string, GuardReason[]>()
    if (claimed.length === 0) return against
    return this.pg.transaction(async (trx) => {
      await lockDeciding(trx)
      const { rows } = (await trx.raw(
        `select decision_id as id, round(extract(epoch from deliver_after) * 1000)::float8 as deliver_after from marketing_delivery
         where decision_id = any(?::uuid[]) and status = 'delivering' and claimed_by = ? order by 1 for update`,
        [claimed.map(({ id }) => id), owner],
      )) as { rows: { id: string; deliver_after: number }[] }
      const countedAt = new Map(rows.map(({ id, deliver_after }) => [id, deliver_after]))
      const proposals = claimed.map(proposalOf)
      const { facts } = await this.recorder.factsFor(trx, proposals, now, circumstances)
      const later: [string, number, object][] = []
      const contacts: string[] = []
      for (const [i, { id }] of claimed.entries()) {
        const own = countedAt.get(id)
        if (own === undefined) continue
        const reasons = reasonsToWait(proposals[i], { ...facts, ...circumstances }, own, now)
        if (reasons.length > 0) against.set(id, reasons)
        const until = endOf(reasons)
        if (reasons.length > 0 && until !== null) {
          later.push([id, until, { allowed: false, reasons, defer_until: until }])
        } else if (reasons.length === 0 && isContact(proposals[i])) {
          contacts.push(id)
        }
      }
      // Put back as if it had not been taken.
      await trx.raw(
        `update marketing_delivery v set status = 'queued', deliver_after = to_timestamp((e->>1)::float8 / 1000),
           verdict = coalesce(v.verdict, '{}') || (e->2), claimed_by = null, claimed_until = null, attempts = v.attempts - 1,
           updated_at = now()
         from jsonb_array_elements(?::jsonb) as e where v.decision_id = (e->>0)::uuid`,
        [JSON.stringify(later)],
      )
      // What it waited for is over.
      await trx.raw(
        `update marketing_delivery set verdict = verdict || '{"allowed": true, "reasons": [], "defer_until": null}'::jsonb
         where decision_id = any(?::uuid[]) and status = 'delivering' and verdict is not null`,
        [claimed.map(({ id }) => id).filter((id) => countedAt.has(id) && !against.has(id))],
      )
      // A message counts from when it goes out.
      await trx.raw(
        `update marketing_delivery set deliver_after = to_timestamp(?::float8 / 1000), updated_at = now()
         where decision_id = any(?::uuid[])`,
        [now, contacts],
      )
      return against
    })
  }
}
