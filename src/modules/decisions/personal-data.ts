import { createHash } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { BudgetBook } from "./budget-book"
import type { Units } from "./units"

/** Decided about this customer: as a person, as what it was about, or about their browsers while nobody was signed in. */
const OWN = `
  (customer_id = :customer_id or (subject_type = 'customer' and subject_id = :customer_id)
   or (customer_id is null and (visitor_id = any(:visitor_ids) or (subject_type = 'visitor' and subject_id = any(:visitor_ids)))))`
const OWN_SUBJECT = `
  ((subject_type = 'customer' and subject_id = :customer_id) or (subject_type = 'visitor' and subject_id = any(:visitor_ids)))`
const OWN_STATE = `(state->>'customer_id' = :customer_id or state->>'visitor_id' = any(:visitor_ids))`

/** Under what an erased person's key is kept, so that it never acts again and leads to nobody. */
export function erasedKey(dedupe_key: string): string {
  return `sha256:${createHash("sha256").update(dedupe_key).digest("hex")}`
}

interface Whose {
  customer_id: string
  /** Of the browsers that are theirs. */
  visitor_ids: string[]
}

/** What this module holds of a customer, and what is left when it is erased. */
export class PersonalData {
  constructor(
    private readonly pg: Knex,
    private readonly budgets: BudgetBook,
    private readonly units: Units,
  ) {}

  /** By table. */
  async exportOf(whose: Whose): Promise<Record<string, Record<string, unknown>[]>> {
    const rows = async (sql: string) => (await raw<Record<string, unknown>>(this.pg, sql, whose)).rows
    return {
      marketing_decision: await rows(
        `select d.id, d.decided_at, d.dedupe_key, d.capability, d.automation_id, d.automation_version, d.model_id, d.subject_type,
           d.subject_id, d.customer_id, d.visitor_id, d.country_code, d.unit, d.action_type, d.channel, d.action, d.explanation,
           d.value_amount::float8 as value_amount, d.value_currency, d.cost_amount::float8 as cost_amount, d.cost_currency, d.mode,
           d.outcome, d.verdict, d.held_out, d.experiment_id, d.arm, v.status, v.deliver_after, v.delivered_at
         from marketing_decision d left join marketing_delivery v on v.decision_id = d.id where ${OWN} order by d.decided_at`,
      ),
      marketing_snooze: await rows(
        `select automation_id, subject_type, subject_id, until, created_at from marketing_snooze where ${OWN_SUBJECT}`,
      ),
      marketing_hold: await rows(
        `select subject_type, subject_id, kind, reference, opened_at, closed_at from marketing_hold where ${OWN_SUBJECT}`,
      ),
      marketing_watch: await rows(
        `select automation_id, key, state, due_at from marketing_watch where ${OWN_STATE}`,
      ),
      ...(await this.units.exportOf(whose.customer_id, whose.visitor_ids)),
    }
  }

  /**
   * Decisions stay as what was decided and what it cost, about nobody: no subject, person or unit, a key that leads nowhere, an action
   * without its data. What seals cover is left as it is. What was still to be done is not. Returns rows by what was done to them.
   */
  async erase(whose: Whose, now: number): Promise<Record<string, number>> {
    const counts = await this.pg.transaction(async (trx) => {
      const count = async (sql: string) => (await raw(trx, sql, whose)).rowCount
      const own = (
        await raw<{ id: string }>(
          trx,
          `select id from marketing_decision where ${OWN} order by id for update`,
          whose,
        )
      ).rows
      const ids = own.map(({ id }) => id)
      const withdrawn = (
        await raw<{ id: string }>(
          trx,
          `update marketing_delivery set status = 'withdrawn', error = 'erased', updated_at = now()
           where decision_id = any(:ids::uuid[]) and status in ('queued', 'deferred', 'waiting_approval', 'failed')
           returning decision_id as id`,
          { ids },
        )
      ).rows
      await this.budgets.release(
        trx,
        withdrawn.map(({ id }) => id),
        now,
      )
      await raw(
        trx,
        "update marketing_delivery set verdict = verdict - 'assignment' where decision_id = any(:ids::uuid[]) and verdict is not null",
        { ids },
      )
      await raw(
        trx,
        "update marketing_alert set data = data - 'subject_id' where decision_id = any(:ids) and data->'subject_id' is not null",
        { ids },
      )
      const decisions = await raw(
        trx,
        `update marketing_decision set subject_id = null, customer_id = null, visitor_id = null, unit = null,
           dedupe_key = case when dedupe_key like 'sha256:%' then dedupe_key
             else 'sha256:' || encode(sha256(convert_to(dedupe_key, 'UTF8')), 'hex') end,
           action = jsonb_set(action, '{data}', '{}') where id = any(:ids::uuid[])`,
        { ids },
      )
      return {
        marketing_decision_without_identity: decisions.rowCount,
        marketing_snooze_deleted: await count(`delete from marketing_snooze where ${OWN_SUBJECT}`),
        marketing_hold_deleted: await count(`delete from marketing_hold where ${OWN_SUBJECT}`),
        marketing_watch_deleted: await count(`delete from marketing_watch where ${OWN_STATE}`),
      }
    })
    return { ...counts, ...(await this.units.erase(whose.customer_id, whose.visitor_ids)) }
  }
}

async function raw<Row = unknown>(
  knex: Knex,
  sql: string,
  bindings: object,
): Promise<{ rows: Row[]; rowCount: number }> {
  return knex.raw(sql, bindings as Record<string, Knex.Value>)
}
