import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  addContact,
  automationKey,
  consentKey,
  isContact,
  judge,
  personKey,
  reserve,
  type BatchFacts,
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
import { endOf, reasonsToWait } from "./reasons-to-wait"
import { lockDeciding, type Recorder } from "./recorder"

/** To reject, nothing need be known of a person. */
const NOTHING_KNOWN: Circumstances = {
  consents: new Map(),
  erased: new Set(),
  time_zones: new Map(),
  measured: new Set(),
  browsers: new Map(),
}

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
  /** Unix milliseconds. */
  deliver_after: number
}

/** What people say to decisions that wait for them, and to those that failed. Each change has its audit entry. */
export class Approvals {
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
    private readonly budgets: BudgetBook,
    private readonly recorder: Recorder,
  ) {}

  /** Decisions with a delivery, as they stand. */
  async find(ids: readonly string[]): Promise<DeliveredDecision[]> {
    return [...(await this.#read(this.pg, ids, "")).values()]
  }

  /**
   * Lets decisions through. Whoever has withdrawn consent or was erased meanwhile is not reached; where it is night, a case is open, or
   * enough was sent, they wait for the end of that. One answer for each id, in their order.
   */
  async approve(
    ids: readonly string[],
    actor_id: string,
    circumstances: Circumstances,
    now: number,
    reason: string | null = null,
  ): Promise<Changed[]> {
    const release: string[] = []
    return this.#change(
      ids,
      actor_id,
      "approval",
      { circumstances, now, reason, release },
      async (trx, found, facts) => {
        if (found.status !== "waiting_approval") return `It is ${found.status} and waits for nobody.`
        if (found.expires_at <= now) return "Its time to be approved has run out."
        const against = reasonsToWait(proposalOf(found), facts, found.deliver_after, now)
        const never = against.find(({ until }) => until === null)
        if (never) {
          await this.#set(trx, found.id, "blocked", { decided_by: actor_id, error: never.code })
          release.push(found.id)
          return "blocked"
        }
        const deliver_after = Math.max(now, endOf(against) ?? now)
        await this.#set(trx, found.id, "queued", { decided_by: actor_id, deliver_after })
        return "queued"
      },
    )
  }

  async reject(
    ids: readonly string[],
    actor_id: string,
    reason: string | null,
    now: number,
  ): Promise<Changed[]> {
    const release: string[] = []
    return this.#change(
      ids,
      actor_id,
      "approval",
      { circumstances: NOTHING_KNOWN, now, reason, release },
      async (trx, found) => {
        if (found.status !== "waiting_approval") return `It is ${found.status} and waits for nobody.`
        await this.#set(trx, found.id, "rejected", { decided_by: actor_id, error: reason })
        release.push(found.id)
        return "rejected"
      },
    )
  }

  /** Takes failed ones up again, if nothing speaks against them now but what passes with time; their budgets are those of today. */
  async retry(
    ids: readonly string[],
    actor_id: string,
    circumstances: Circumstances,
    now: number,
  ): Promise<Changed[]> {
    const asked = { circumstances, now, reason: null, release: [] }
    return this.#change(ids, actor_id, "delivery.retry", asked, async (trx, found, facts) => {
      if (found.status !== "failed") return `It is ${found.status}; only what failed is tried again.`
      if (found.expires_at <= now) return "It has expired and is no longer worth doing."
      const proposal = proposalOf(found)
      const { verdict, uses } = judge(proposal, facts, now)
      const over = verdict.reasons.filter(({ code }) => code === "budget").map(({ data }) => data.budget_id)
      if (over.length > 0) return `Budget ${over.join(", ")} has too little left.`
      const waits = reasonsToWait(proposal, facts, null, now)
      const others = verdict.reasons.filter(
        ({ code, until }) => until === null || !waits.some((reason) => reason.code === code),
      )
      if (others.length > 0) return `The guard is against it: ${others.map(({ code }) => code).join(", ")}.`
      const deliver_after = Math.max(now, endOf(waits) ?? now)
      await this.budgets.reserveAgain(trx, found.id, reserve(uses, facts.used), now)
      await this.#set(trx, found.id, "queued", { deliver_after, attempts: 0 })
      // The next one of this call sees it.
      const { person, automation_id, subject } = proposal
      if (person !== null && isContact(proposal)) addContact(facts.contacts, personKey(person), deliver_after)
      if (automation_id !== undefined)
        facts.last_acts.set(automationKey(automation_id, subject), deliver_after)
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
    {
      circumstances,
      now,
      reason,
      release,
    }: {
      circumstances: Circumstances
      now: number
      reason: string | null
      /** `change` puts here whose budgets are to be free again. */
      release: string[]
    },
    /** Answers the new status, or why not. */
    change: (trx: Knex.Transaction, found: Found, facts: BatchFacts) => Promise<DeliveryStatus | string>,
  ): Promise<Changed[]> {
    return this.pg.transaction(async (trx) => {
      await lockDeciding(trx)
      const found = await this.#read(trx, ids, "for update of v")
      const proposals = [...found.values()].map(proposalOf)
      const facts =
        proposals.length === 0
          ? null
          : { ...(await this.recorder.factsFor(trx, proposals, now, circumstances)).facts, ...circumstances }
      const answers: Changed[] = []
      const entries: AuditInput[] = []
      for (const id of ids) {
        const one = found.get(id)
        if (one === undefined || facts === null) {
          answers.push({ id, ok: false, status: null, message: "There is no such decision to deliver." })
          continue
        }
        const before = one.status
        const answer = await change(trx, one, facts)
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
      // All at once: sums are locked in one order, whatever the caller's.
      if (release.length > 0) await this.budgets.release(trx, release, now)
      await this.audit.appendAll(trx, entries)
      return answers
    })
  }

  async #read(knex: Knex, ids: readonly string[], lock: "" | "for update of v"): Promise<Map<string, Found>> {
    const { rows } = (await knex.raw(
      `select ${DELIVERED_COLUMNS}, v.status, round(extract(epoch from v.deliver_after) * 1000)::float8 as deliver_after
       from marketing_delivery v join marketing_decision d on d.id = v.decision_id
       where v.decision_id::text = any(?::text[]) order by v.decision_id ${lock}`,
      [[...ids]],
    )) as { rows: (DeliveredRecord & { status: DeliveryStatus; deliver_after: number })[] }
    return new Map(
      rows.map(({ status, deliver_after, ...row }) => [
        row.id,
        { ...deliveredOf(row), status, deliver_after },
      ]),
    )
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
