import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Action, Capability, Explanation, Money, Person, Subject } from "../../core/decisions"
import type { Audit } from "./audit"
import type { Circumstances } from "./recorder"

export type DeliveryState =
  | "waiting_approval"
  | "deferred"
  | "queued"
  | "delivering"
  | "delivered"
  | "failed"
  | "expired"
  | "rejected"
  | "blocked"
  | "withdrawn"

/** A decision as its delivery port is given it. */
export interface DeliveredDecision {
  id: string
  dedupe_key: string
  capability: Capability
  automation_id: string | null
  automation_version: number | null
  subject: Subject
  person: Person | null
  action: Action
  explanation: Explanation
  expected: { value: Money; cost: Money }
  experiment_id: string | null
  arm: string | null
  /** Unix milliseconds. */
  decided_at: number
  expires_at: number
  /** 1 at the first attempt. */
  attempt: number
}

export interface Changed {
  id: string
  ok: boolean
  status: DeliveryState | null
  message: string | null
}

/** What is to be done and what became of it: claimed, delivered, settled or given up. */
export class Deliveries {
  constructor(_pg: Knex, _audit: Audit) {}

  /** Takes what is due for `owner`, for half a minute. Nothing of a capability that is killed, off or tripped. */
  async claim(_owner: string, _limit: number, _now: number): Promise<DeliveredDecision[]> {
    return []
  }

  /** Puts a claimed one back untouched. */
  async giveBack(_id: string, _now: number): Promise<void> {}

  async settle(_id: string, _settled_cost: Money | null, _now: number): Promise<void> {}

  /** Returns the status after it: "queued" while there is another attempt. */
  async fail(_id: string, _error: string, _permanent: boolean, _now: number): Promise<DeliveryState> {
    return "failed"
  }

  /** Gives up what has waited too long, and releases its budget; returns how many. */
  async expire(_now: number): Promise<number> {
    return 0
  }

  /** Decisions that the guard has put off and that may be looked at again. */
  async deferredDue(_limit: number, _now: number): Promise<DeliveredDecision[]> {
    return []
  }

  /** Guards them again, under the lock of deciding; returns how many are queued now. */
  async release(_ids: string[], _circumstances: Circumstances, _now: number): Promise<number> {
    return 0
  }

  /** One answer for each id, in their order. Each change has its audit entry. */
  async approve(_ids: string[], _actor_id: string, _now: number): Promise<Changed[]> {
    return []
  }
  async reject(_ids: string[], _actor_id: string, _reason: string | null, _now: number): Promise<Changed[]> {
    return []
  }
  /** Takes a failed one up again. */
  async retry(_ids: string[], _actor_id: string, _now: number): Promise<Changed[]> {
    return []
  }
}
