import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  consentKey,
  isContact,
  personKey,
  quietUntil,
  type GuardPolicy,
  type Proposal,
} from "../../core/decisions"
import type { DeliveryStatus } from "../../types/http/decisions"
import type { Audit, AuditInput } from "./audit"
import type { Circumstances } from "./batch-facts"
import type { BudgetBook } from "./budget-book"
import {
  DELIVERED_COLUMNS,
  deliveredOf,
  proposalOf,
  type DeliveredDecision,
  type DeliveredRecord,
} from "./delivered-decision"
import { lockDeciding } from "./recorder"
import { readSnapshot } from "./switchboard-rows"

/** What an answer of staff did to one decision. */
export interface Changed {
  id: string
  ok: boolean
  /** As it stands now; null: there is nothing to deliver. */
  status: DeliveryStatus | null
  /** Why not. */
  message: string | null
}

interface Found extends DeliveredDecision {
  status: DeliveryStatus
}

/** What people say to decisions that wait for them, and to those that failed. Each change has its audit entry. */
export class Approvals {
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
    private readonly budgets: BudgetBook,
  ) {}

  /** Decisions with a delivery, as they stand. */
  async find(ids: readonly string[]): Promise<DeliveredDecision[]> {
    return [...(await this.#read(this.pg, ids, "")).values()]
  }

  /**
   * Lets decisions through. Whoever has withdrawn consent or was erased meanwhile is not reached, and nobody at night: those wait
   * for the morning. One answer for each id, in their order.
   */
  async approve(
    ids: readonly string[],
    actor_id: string,
    circumstances: Circumstances,
    now: number,
  ): Promise<Changed[]> {
    return this.#change(ids, actor_id, "approval", async (trx, found, { policy }) => {
      if (found.status !== "waiting_approval") return `It is ${found.status} and waits for nobody.`
      if (found.expires_at <= now) return "Its time to be approved has run out."
      const proposal = proposalOf(found)
      if (mayNotReach(proposal, circumstances)) {
        await this.#set(trx, found.id, "blocked", { decided_by: actor_id, error: "consent" })
        await this.budgets.release(trx, [found.id], now)
        return "blocked"
      }
      const deliver_after = awakeFrom(proposal, circumstances, policy, now)
      await this.#set(trx, found.id, "queued", { decided_by: actor_id, deliver_after })
      return "queued"
    })
  }

  async reject(
    ids: readonly string[],
    actor_id: string,
    reason: string | null,
    now: number,
  ): Promise<Changed[]> {
    return this.#change(
      ids,
      actor_id,
      "approval",
      async (trx, found) => {
        if (found.status !== "waiting_approval") return `It is ${found.status} and waits for nobody.`
        await this.#set(trx, found.id, "rejected", { decided_by: actor_id, error: reason })
        await this.budgets.release(trx, [found.id], now)
        return "rejected"
      },
      reason,
    )
  }

  /** Takes failed ones up again, if their budgets still have room. */
  async retry(ids: readonly string[], actor_id: string, now: number): Promise<Changed[]> {
    return this.#change(ids, actor_id, "delivery.retry", async (trx, found) => {
      if (found.status !== "failed") return `It is ${found.status}; only what failed is tried again.`
      if (found.expires_at <= now) return "It has expired and is no longer worth doing."
      const over = await this.budgets.reclaim(trx, found.id)
      if (over.length > 0) return `Budget ${over.join(", ")} has too little left.`
      await this.#set(trx, found.id, "queued", { deliver_after: now, attempts: 0 })
      await trx.raw(
        "update marketing_alert set resolved_at = now(), resolved_by = ?, updated_at = now() where reference = ? and resolved_at is null",
        [actor_id, `delivery:${found.id}`],
      )
      return "queued"
    })
  }

  async #change(
    ids: readonly string[],
    actor_id: string,
    action: string,
    /** Answers the new status, or why not. */
    change: (
      trx: Knex.Transaction,
      found: Found,
      snapshot: { policy: GuardPolicy },
    ) => Promise<DeliveryStatus | string>,
    reason: string | null = null,
  ): Promise<Changed[]> {
    return this.pg.transaction(async (trx) => {
      await lockDeciding(trx)
      const snapshot = await readSnapshot(trx)
      const found = await this.#read(trx, ids, "for update of v")
      const answers: Changed[] = []
      const entries: AuditInput[] = []
      for (const id of ids) {
        const one = found.get(id)
        if (one === undefined) {
          answers.push({ id, ok: false, status: null, message: "There is no such decision to deliver." })
          continue
        }
        const before = one.status
        const answer = await change(trx, one, snapshot)
        if (isStatus(answer)) {
          one.status = answer
          entries.push({
            actor_id,
            action,
            target: `decision:${id}`,
            before: { status: before },
            after: { status: answer, ...(reason === null ? {} : { reason }) },
          })
          const blocked = answer === "blocked"
          answers.push({
            id,
            ok: !blocked,
            status: answer,
            message: blocked ? "This person may no longer be reached." : null,
          })
        } else {
          answers.push({ id, ok: false, status: before, message: answer })
        }
      }
      await this.audit.appendAll(trx, entries)
      return answers
    })
  }

  async #read(knex: Knex, ids: readonly string[], lock: "" | "for update of v"): Promise<Map<string, Found>> {
    const { rows } = (await knex.raw(
      `select ${DELIVERED_COLUMNS}, v.status from marketing_delivery v join marketing_decision d on d.id = v.decision_id
       where v.decision_id::text = any(?::text[]) order by v.decision_id ${lock}`,
      [[...ids]],
    )) as { rows: (DeliveredRecord & { status: DeliveryStatus })[] }
    return new Map(rows.map((row) => [row.id, { ...deliveredOf(row), status: row.status }]))
  }

  async #set(
    trx: Knex.Transaction,
    id: string,
    status: DeliveryStatus,
    {
      decided_by = null,
      error = null,
      deliver_after = null,
      attempts = null,
    }: {
      decided_by?: string | null
      error?: string | null
      deliver_after?: number | null
      attempts?: number | null
    },
  ): Promise<void> {
    await trx.raw(
      `update marketing_delivery set status = :status, error = :error, decided_by = coalesce(:decided_by, decided_by),
         deliver_after = coalesce(to_timestamp(:deliver_after::float8 / 1000), deliver_after),
         attempts = coalesce(:attempts::int, attempts), updated_at = now()
       where decision_id = :id`,
      { id, status, error, decided_by, deliver_after, attempts },
    )
  }
}

function isStatus(answer: string): answer is DeliveryStatus {
  return answer === "queued" || answer === "blocked" || answer === "rejected"
}

/** Whether the person was erased, or does no longer agree. */
export function mayNotReach({ person, action }: Proposal, circumstances: Circumstances): boolean {
  if (person === null) return action.purpose !== null
  if (person.customer_id !== null && circumstances.erased.has(person.customer_id)) return true
  return action.purpose !== null && circumstances.consents.get(consentKey(person, action.purpose)) !== true
}

function awakeFrom(
  proposal: Proposal,
  { time_zones }: Circumstances,
  policy: GuardPolicy,
  now: number,
): number {
  if (policy.quiet_hours === null || proposal.person === null || !isContact(proposal)) return now
  const zones = time_zones.get(personKey(proposal.person)) ?? [policy.time_zone]
  return quietUntil(now, policy.quiet_hours, zones.length > 0 ? zones : [policy.time_zone]) ?? now
}
