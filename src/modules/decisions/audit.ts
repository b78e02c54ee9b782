import type { Knex } from "@medusajs/framework/mikro-orm/knex"

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
  from?: Date
  to?: Date
}

/** The trail of changes: append-only, each entry's hash holds the one before. */
export class Audit {
  constructor(_pg: Knex) {}

  /**
   * Writes an entry in the transaction of the change itself. Its lock is the last that a transaction may take, so that nobody who holds
   * it ever waits.
   */
  async append(_transaction: Knex.Transaction, _entry: AuditInput): Promise<void> {}

  /** Newest first. */
  async list(
    _filter: AuditFilter,
    _page: { limit: number; offset: number },
  ): Promise<{ rows: AuditRow[]; count: number }> {
    return { rows: [], count: 0 }
  }
}
