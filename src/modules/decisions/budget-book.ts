import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Budget, Period } from "../../core/decisions"
import type { Audit } from "./audit"

export interface NewBudget {
  scope: Budget["scope"]
  scope_id: string
  per_subject: boolean
  period: Period
  kind: Budget["kind"]
  currency_code: string | null
  /** Minor units, or acts. */
  limit: number
}

/** A budget with what is used of its present period. */
export interface BudgetRow extends Budget {
  /** Of a budget per subject: of the subject who used most. */
  reserved: number
  settled: number
  /** Unix milliseconds. */
  period_start: number
  /** null of a total. */
  period_end: number | null
  created_at: number
}

/** What may be spent, what is set aside and what is spent. */
export class BudgetBook {
  constructor(_pg: Knex, _audit: Audit) {}

  /** Newest first. */
  async list(_now: number): Promise<BudgetRow[]> {
    return []
  }
  /** @throws NOT_FOUND */
  async one(_id: string, _now: number): Promise<BudgetRow> {
    throw new Error("not there yet")
  }
  async create(_budget: NewBudget, _actor_id: string): Promise<Budget> {
    throw new Error("not there yet")
  }
  /** Returns the budget as it was. @throws NOT_FOUND */
  async setLimit(_id: string, _limit: number, _actor_id: string): Promise<Budget> {
    throw new Error("not there yet")
  }
  /** Returns the budget as it was. @throws NOT_FOUND */
  async remove(_id: string, _actor_id: string): Promise<Budget> {
    throw new Error("not there yet")
  }
  /** Takes `remove` back. */
  async restore(_id: string, _actor_id: string): Promise<void> {}
}
