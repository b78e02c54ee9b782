import { createHash } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { subjectKey, type Subject } from "../../core/decisions"
import type { SimulationOutcome } from "../../types/http/decisions"
import type { BudgetBook } from "./budget-book"
import { lockDeciding } from "./recorder"
import type { Units } from "./units"

/** About them, a browser of theirs, or a cart or order of theirs. */
const OWN_SUBJECT = `
  ((subject_type = 'customer' and subject_id = :customer_id) or (subject_type = 'visitor' and subject_id = any(:visitor_ids))
   or (subject_type = 'cart' and subject_id = any(:cart_ids)) or (subject_type = 'order' and subject_id = any(:order_ids)))`
/** Decided about this customer: as a person, as what it was about, or while nobody was signed in. */
const OWN = `
  (customer_id = :customer_id or (subject_type = 'customer' and subject_id = :customer_id)
   or (customer_id is null and (visitor_id = any(:visitor_ids) or ${OWN_SUBJECT})))`
const OWN_STATE = `
  (state->>'customer_id' = :customer_id or state->>'visitor_id' = any(:visitor_ids)
   or (state->>'customer_id' is null and state->>'cart_id' = any(:cart_ids)))`
const HASHED = (column: string) => `'sha256:' || encode(sha256(convert_to(${column}, 'UTF8')), 'hex')`
/** A verdict without which cases held somebody back: a return's id leads to who returned. */
const WITHOUT_CASES = `
  case when verdict->'reasons' @> '[{"code":"hold"}]' then jsonb_set(verdict, '{reasons}', (
    select jsonb_agg(case when r->>'code' = 'hold' then jsonb_set(r, '{data}', (r->'data') - 'reference') else r end order by n)
    from jsonb_array_elements(verdict->'reasons') with ordinality as reason(r, n))) else verdict end`
const INTERRUPTED = "Somebody's data was erased meanwhile. Start it again."

/** Under what an erased person's key is kept, so that it never acts again and leads to nobody. */
export function erasedKey(dedupe_key: string): string {
  return `sha256:${createHash("sha256").update(dedupe_key).digest("hex")}`
}

/** Everything that a decision can be about and that leads to one person. */
export interface Whose {
  customer_id: string
  /** Of the browsers that are theirs. */
  visitor_ids: string[]
  cart_ids: string[]
  order_ids: string[]
}

/** What this module holds of a customer, and what is left when it is erased. */
export class PersonalData {
  constructor(
    private readonly pg: Knex,
    private readonly budgets: BudgetBook,
    private readonly units: Units,
  ) {}

  /** By table. */
  async exportOf(known: Whose): Promise<Record<string, Record<string, unknown>[]>> {
    const { whose, ids } = await ownOf(this.pg, known, "")
    const bindings = { ...whose, ids, keys: subjectKeys(whose) }
    const rows = async (sql: string) => (await raw<Record<string, unknown>>(this.pg, sql, bindings)).rows
    return {
      marketing_decision: await rows(
        `select d.id, d.decided_at, d.dedupe_key, d.capability, d.automation_id, d.automation_version, d.model_id, d.subject_type,
           d.subject_id, d.customer_id, d.visitor_id, d.country_code, d.unit, d.action_type, d.channel, d.action, d.explanation,
           d.value_amount::float8 as value_amount, d.value_currency, d.cost_amount::float8 as cost_amount, d.cost_currency, d.mode,
           d.outcome, d.verdict, d.held_out, d.experiment_id, d.arm, v.status, v.deliver_after, v.delivered_at, v.attempts, v.error
         from marketing_decision d left join marketing_delivery v on v.decision_id = d.id where d.id = any(:ids::uuid[])
         order by d.decided_at`,
      ),
      marketing_alert: await rows(
        `select level, key, data, capability, decision_id, created_at, resolved_at from marketing_alert
         where decision_id = any(:ids) order by created_at`,
      ),
      marketing_budget_use: await rows(
        `select budget_id, scope_key, period_start, reserved::float8 as reserved, settled::float8 as settled from marketing_budget_use
         where scope_key = any(:keys) order by budget_id, period_start`,
      ),
      marketing_budget_entry: await rows(
        `select decision_id, budget_id, kind, scope_key, period_start, amount::float8 as amount, at from marketing_budget_entry
         where decision_id = any(:ids::uuid[]) or scope_key = any(:keys) order by at`,
      ),
      marketing_simulation: (await this.#simulationsOf(this.pg, whose)).map(({ id, outcomes }) => ({
        id,
        ...ofSubjects(outcomes, whose, true),
      })),
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
   * without its data, no word of a port. Budgets keep their sums, under a key that leads nowhere. What seals cover is left as it is. What
   * was still to be done is not. Under the lock of deciding, so that no batch under way writes down what was erased.
   *
   * Returns rows by what was done to them, and all that was known of whose what was: by then nobody else knows it.
   */
  async erase(known: Whose, now: number): Promise<{ rows: Record<string, number>; whose: Whose }> {
    const { rows, whose } = await this.pg.transaction(async (trx) => {
      await lockDeciding(trx)
      const own = await ownOf(trx, known, "for update")
      return { rows: await this.#eraseWithin(trx, own, now), whose: own.whose }
    })
    return { rows: { ...rows, ...(await this.units.erase(whose.customer_id, whose.visitor_ids)) }, whose }
  }

  async #eraseWithin(
    trx: Knex.Transaction,
    { whose, ids }: { whose: Whose; ids: string[] },
    now: number,
  ): Promise<Record<string, number>> {
    const count = async (sql: string) => (await raw(trx, sql, whose)).rowCount
    // Whoever settles or releases one of them has its delivery first, and then its budgets.
    await raw(
      trx,
      "select 1 from marketing_delivery where decision_id = any(:ids::uuid[]) order by decision_id for update",
      { ids },
    )
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
    // What a worker is at is not tried again after it has failed.
    await raw(
      trx,
      `update marketing_delivery set verdict = (${WITHOUT_CASES}) - 'assignment', error = case when error = 'erased' then error end,
         expires_at = case when status = 'delivering' then least(expires_at, now()) else expires_at end
       where decision_id = any(:ids::uuid[])`,
      { ids },
    )
    await raw(
      trx,
      `update marketing_alert set data = data - '{subject_id,error}'::text[]
       where decision_id = any(:ids) and (data->'subject_id' is not null or data->'error' is not null)`,
      { ids },
    )
    const decisions = await raw(
      trx,
      `update marketing_decision set subject_id = null, customer_id = null, visitor_id = null, unit = null,
         dedupe_key = case when dedupe_key like 'sha256:%' then dedupe_key else ${HASHED("dedupe_key")} end,
         action = jsonb_set(action, '{data}', '{}'), verdict = ${WITHOUT_CASES} where id = any(:ids::uuid[])`,
      { ids },
    )
    return {
      marketing_decision_without_identity: decisions.rowCount,
      marketing_budget_use_without_identity: await eraseBudgetKeys(trx, subjectKeys(whose)),
      marketing_simulation_without_identity: await this.#eraseSimulated(trx, whose),
      marketing_snooze_deleted: await count(`delete from marketing_snooze where ${OWN_SUBJECT}`),
      marketing_hold_deleted: await count(`delete from marketing_hold where ${OWN_SUBJECT}`),
      marketing_watch_deleted: await count(`delete from marketing_watch where ${OWN_STATE}`),
    }
  }

  /** One that is under way may have read of them already: it is ended. What others counted stays, their examples of this person do not. */
  async #eraseSimulated(trx: Knex.Transaction, whose: Whose): Promise<number> {
    await raw(
      trx,
      `update marketing_simulation set status = 'failed', error = :error, finished_at = now(), updated_at = now()
       where status = 'running'`,
      { error: INTERRUPTED },
    )
    const named = await this.#simulationsOf(trx, whose)
    for (const { id, outcomes } of named) {
      const left = outcomes.map((outcome) => ({ ...outcome, ...ofSubjects([outcome], whose, false) }))
      await raw(trx, "update marketing_simulation set outcomes = :outcomes::jsonb where id = :id", {
        id,
        outcomes: JSON.stringify(left),
      })
    }
    return named.length
  }

  /** Simulations that name one of their subjects. */
  async #simulationsOf(
    knex: Knex,
    { customer_id, visitor_ids, cart_ids, order_ids }: Whose,
  ): Promise<{ id: string; outcomes: SimulationOutcome[] }[]> {
    const { rows } = await raw<{ id: string; outcomes: SimulationOutcome[] }>(
      knex,
      `select id, outcomes from marketing_simulation s where outcomes is not null and exists (
         select 1 from jsonb_array_elements(outcomes) o,
           jsonb_array_elements((o->'samples') || (o->'nearest_misses')) e
         where e->'subject'->>'id' = any(:ids)) order by id`,
      { ids: [customer_id, ...visitor_ids, ...cart_ids, ...order_ids] },
    )
    return rows
  }
}

/** Their decisions, and with those of carts and orders that the log did not know, or no longer does. */
async function ownOf(
  knex: Knex,
  known: Whose,
  lock: "" | "for update",
): Promise<{ whose: Whose; ids: string[] }> {
  const { rows } = await raw<{ id: string; subject_type: string; subject_id: string | null }>(
    knex,
    `select id, subject_type, subject_id from marketing_decision where ${OWN} order by id ${lock}`,
    known,
  )
  const more = (type: string, ids: readonly string[]) => {
    const all = new Set(ids)
    for (const { subject_type, subject_id } of rows) {
      if (subject_type === type && subject_id !== null) all.add(subject_id)
    }
    return [...all]
  }
  return {
    ids: rows.map(({ id }) => id),
    whose: {
      ...known,
      cart_ids: more("cart", known.cart_ids),
      order_ids: more("order", known.order_ids),
    },
  }
}

/** As core's `subjectKey` writes them. */
function subjectKeys({ customer_id, visitor_ids, cart_ids, order_ids }: Whose): string[] {
  const of = (type: Subject["type"], ids: readonly string[]) => ids.map((id) => subjectKey({ type, id }))
  return [
    ...of("customer", [customer_id]),
    ...of("visitor", visitor_ids),
    ...of("cart", cart_ids),
    ...of("order", order_ids),
  ]
}

/** Sums of budgets per subject stay, under a key that leads nowhere. What came under it since an earlier erasure is added. */
async function eraseBudgetKeys(trx: Knex.Transaction, keys: readonly string[]): Promise<number> {
  await raw(
    trx,
    `update marketing_budget_entry set scope_key = ${HASHED("scope_key")} where scope_key = any(:keys)`,
    { keys },
  )
  await raw(
    trx,
    `select 1 from marketing_budget_use where scope_key = any(:keys) order by budget_id, scope_key, period_start for update`,
    { keys },
  )
  const { rowCount } = await raw(
    trx,
    `with named as (delete from marketing_budget_use where scope_key = any(:keys) returning *)
     insert into marketing_budget_use (budget_id, scope_key, period_start, reserved, settled)
     select budget_id, ${HASHED("scope_key")}, period_start, reserved, settled from named order by 1, 2, 3
     on conflict (budget_id, scope_key, period_start) do update
       set reserved = marketing_budget_use.reserved + excluded.reserved, settled = marketing_budget_use.settled + excluded.settled`,
    { keys },
  )
  return rowCount
}

/** The examples that are (`theirs`) or are not about one of the person's subjects. */
function ofSubjects(
  outcomes: readonly SimulationOutcome[],
  { customer_id, visitor_ids, cart_ids, order_ids }: Whose,
  theirs: boolean,
): Pick<SimulationOutcome, "samples" | "nearest_misses"> {
  const ids = new Set([customer_id, ...visitor_ids, ...cart_ids, ...order_ids])
  const kept = ({ subject }: { subject: Subject }) => ids.has(subject.id) === theirs
  return {
    samples: outcomes.flatMap(({ samples }) => samples.filter(kept)),
    nearest_misses: outcomes.flatMap(({ nearest_misses }) => nearest_misses.filter(kept)),
  }
}

async function raw<Row = unknown>(
  knex: Knex,
  sql: string,
  bindings: object,
): Promise<{ rows: Row[]; rowCount: number }> {
  return knex.raw(sql, bindings as Record<string, Knex.Value>)
}
