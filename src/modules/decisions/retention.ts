import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { KEPT_MONTHS, type Seals } from "./seals"

const SIMULATIONS_KEPT_DAYS = 90
/** Rows a statement, so that nobody waits for long and a standby keeps up. */
const BATCH = 5_000

/** By table, what nothing is held against any more. A budget in total begins at 0 and is never over. */
const OVER: readonly [table: string, where: string][] = [
  ["marketing_alert", `resolved_at < :now::timestamptz - interval '${KEPT_MONTHS} months'`],
  [
    "marketing_budget_use",
    `period_start < :now::timestamptz - interval '${KEPT_MONTHS} months' and period_start > to_timestamp(0)`,
  ],
  [
    "marketing_simulation",
    `created_at < :now::timestamptz - interval '${SIMULATIONS_KEPT_DAYS} days' and status <> 'running'`,
  ],
  ["marketing_snooze", `(until < :now::timestamptz or deleted_at < :now::timestamptz - interval '1 day')`],
  ["marketing_hold", "closed_at < :now::timestamptz"],
]

/** Forgets what is over, day by day. Doing it twice, or at the same time, does no harm. */
export class Retention {
  constructor(
    private readonly pg: Knex,
    private readonly seals: Seals,
  ) {}

  /** Returns rows deleted, by table. */
  async tidy(now: number): Promise<Record<string, number>> {
    const rows: Record<string, number> = {}
    for (const [table, where] of OVER) rows[table] = await this.#delete(table, where, new Date(now))
    rows.marketing_decision = await this.seals.prune(now)
    await this.#forgetErrors()
    return rows
  }

  async #delete(table: string, where: string, now: Date): Promise<number> {
    let deleted = 0
    for (;;) {
      const { rowCount } = (await this.pg.raw(
        `delete from ${table} where ctid = any(array(select ctid from ${table} where ${where} limit ${BATCH}))`,
        { now },
      )) as { rowCount: number }
      deleted += rowCount
      if (rowCount < BATCH) return deleted
    }
  }

  /** What a port said of an erased person after the erasure, when a worker was at it. */
  async #forgetErrors(): Promise<void> {
    await this.pg.raw(
      `with said as (
         update marketing_delivery v set error = null from marketing_decision d
         where d.id = v.decision_id and d.subject_id is null and v.error <> 'erased' returning v.decision_id::text as id)
       update marketing_alert a set data = a.data - 'error' from said where a.decision_id = said.id`,
    )
  }
}
