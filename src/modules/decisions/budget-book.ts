import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import {
  periodOf,
  type Budget,
  type GuardPolicy,
  type Money,
  type Period,
  type Reservation,
} from "../../core/decisions"
import type { Audit } from "./audit"
import { reservationsFrom } from "./decision-rows"
import { readSnapshot } from "./switchboard-rows"

export interface NewBudget {
  scope: Budget["scope"]
  /** "" of the store. */
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

/** What one entry moves in the sum that it belongs to. */
interface Movement {
  budget_id: string
  scope_key: string
  /** Unix milliseconds. */
  start: number
  reserved: number
  settled: number
}

const COLUMNS = `id, scope, scope_id, per_subject, period, kind, currency_code, amount::float8 as "limit",
  (extract(epoch from created_at) * 1000)::float8 as created_at`
const START = "round(extract(epoch from period_start) * 1000)::float8 as start"

/** What may be spent, what is set aside and what is spent. An entry is made once, whatever is tried again. */
export class BudgetBook {
  constructor(
    private readonly pg: Knex,
    private readonly audit: Audit,
  ) {}

  /** Newest first. */
  async list(now: number): Promise<BudgetRow[]> {
    return this.#read(now, null)
  }

  /** @throws NOT_FOUND */
  async one(id: string, now: number): Promise<BudgetRow> {
    const [found] = await this.#read(now, id)
    if (!found) throw noBudget(id)
    return found
  }

  /** @throws CONFLICT when there is one for the same already */
  async create(budget: NewBudget, actor_id: string): Promise<Budget> {
    return this.pg.transaction(async (trx) => {
      const id = generateEntityId(undefined, "mbudget")
      const { limit, ...rest } = budget
      await trx.raw("select pg_advisory_xact_lock(hashtext('marketing budgets'))")
      const { rows } = (await trx.raw(
        `select id from marketing_budget where scope = :scope and scope_id = :scope_id and per_subject = :per_subject
           and period = :period and kind = :kind and currency_code is not distinct from :currency_code and deleted_at is null`,
        rest,
      )) as { rows: { id: string }[] }
      if (rows.length > 0) {
        throw new MedusaError(
          MedusaError.Types.CONFLICT,
          `There is a budget of this scope, period, kind and currency already (${rows[0].id}): change its limit instead.`,
        )
      }
      await trx.raw(
        `insert into marketing_budget (id, scope, scope_id, per_subject, period, kind, currency_code, amount, raw_amount)
         values (:id, :scope, :scope_id, :per_subject, :period, :kind, :currency_code, :limit, :raw::jsonb)`,
        { ...rest, id, limit, raw: rawOf(limit) },
      )
      await this.audit.append(trx, entryOf(id, actor_id, null, budget))
      return { id, ...budget }
    })
  }

  /** Returns the budget as it was. @throws NOT_FOUND */
  async setLimit(id: string, limit: number, actor_id: string): Promise<Budget> {
    return this.pg.transaction(async (trx) => {
      const before = await this.#locked(trx, id)
      await trx.raw(
        "update marketing_budget set amount = ?, raw_amount = ?::jsonb, updated_at = now() where id = ?",
        [limit, rawOf(limit), id],
      )
      await this.audit.append(trx, entryOf(id, actor_id, before, { ...before, limit }))
      return before
    })
  }

  /** Returns the budget as it was. What was set aside for it is still settled or released. @throws NOT_FOUND */
  async remove(id: string, actor_id: string): Promise<Budget> {
    return this.pg.transaction(async (trx) => {
      const before = await this.#locked(trx, id)
      await trx.raw("update marketing_budget set deleted_at = now(), updated_at = now() where id = ?", [id])
      await this.audit.append(trx, entryOf(id, actor_id, before, null))
      return before
    })
  }

  /** Takes `remove` back. */
  async restore(id: string, actor_id: string): Promise<void> {
    await this.pg.transaction(async (trx) => {
      await trx.raw("update marketing_budget set deleted_at = null, updated_at = now() where id = ?", [id])
      await this.audit.append(trx, entryOf(id, actor_id, null, await this.#locked(trx, id)))
    })
  }

  /** What was set aside for a decision is spent: `cost` where that is known and in the budget's currency, else as it was expected. */
  async settle(trx: Knex.Transaction, decision_id: string, cost: Money | null, now: number): Promise<void> {
    const { rows } = (await trx.raw(
      `insert into marketing_budget_entry as n (decision_id, budget_id, kind, scope_key, period_start, amount, at)
       select e.decision_id, e.budget_id, 'settle', e.scope_key, e.period_start,
         case when b.kind = 'money' and b.currency_code = :currency then :amount else e.amount end, to_timestamp(:now / 1000.0)
       from marketing_budget_entry e left join marketing_budget b on b.id = e.budget_id
       where e.decision_id = :decision_id and e.kind = 'reserve' and not exists (
         select 1 from marketing_budget_entry r where r.decision_id = e.decision_id and r.budget_id = e.budget_id and r.kind = 'release')
       on conflict do nothing
       returning budget_id, scope_key, ${START}, amount::float8 as settled,
         (select -amount::float8 from marketing_budget_entry r
          where r.decision_id = n.decision_id and r.budget_id = n.budget_id and r.kind = 'reserve') as reserved`,
      { decision_id, currency: cost?.currency_code ?? null, amount: cost?.amount ?? 0, now },
    )) as { rows: Movement[] }
    await move(trx, rows)
  }

  /** What was set aside for decisions is free again, unless it has been spent. */
  async release(trx: Knex.Transaction, decision_ids: readonly string[], now: number): Promise<void> {
    const { rows } = (await trx.raw(
      `insert into marketing_budget_entry (decision_id, budget_id, kind, scope_key, period_start, amount, at)
       select e.decision_id, e.budget_id, 'release', e.scope_key, e.period_start, e.amount, to_timestamp(? / 1000.0)
       from marketing_budget_entry e
       where e.decision_id = any(?::uuid[]) and e.kind = 'reserve' and not exists (
         select 1 from marketing_budget_entry s where s.decision_id = e.decision_id and s.budget_id = e.budget_id and s.kind = 'settle')
       on conflict do nothing
       returning budget_id, scope_key, ${START}, -amount::float8 as reserved, 0 as settled`,
      [now, [...decision_ids]],
    )) as { rows: Movement[] }
    await move(trx, rows)
  }

  /**
   * Sets aside anew for a decision that had been given up and is taken up again after all, under the lock of deciding: of the periods of now,
   * as the guard has judged them.
   */
  async reserveAgain(
    trx: Knex.Transaction,
    decision_id: string,
    reservations: readonly Reservation[],
    now: number,
  ): Promise<void> {
    await trx.raw(
      "delete from marketing_budget_entry where decision_id = ? and kind in ('reserve', 'release')",
      [decision_id],
    )
    const rows = reservations.map(({ budget_id, scope_key, period_start, amount }) => [
      decision_id,
      budget_id,
      scope_key,
      period_start,
      amount,
      now,
    ])
    await trx.raw(`with nothing as (select 1) ${reservationsFrom("?")} select 1`, [JSON.stringify(rows)])
  }

  async #locked(trx: Knex.Transaction, id: string): Promise<Budget> {
    const { rows } = (await trx.raw(
      `select ${COLUMNS} from marketing_budget where id = ? and deleted_at is null for update`,
      [id],
    )) as { rows: (Budget & { created_at: number })[] }
    if (rows.length === 0) throw noBudget(id)
    const { created_at: _, ...budget } = rows[0]
    return budget
  }

  async #read(now: number, id: string | null): Promise<BudgetRow[]> {
    const { rows } = (await this.pg.raw(
      `select ${COLUMNS} from marketing_budget where deleted_at is null and (:id::text is null or id = :id)
       order by created_at desc, id desc`,
      { id },
    )) as { rows: (Budget & { created_at: number })[] }
    if (rows.length === 0) return []
    const { policy } = await readSnapshot(this.pg)
    const asked = rows.map((row) => ({ budget_id: row.id, start: startOf(row.period, now, policy) }))
    const used = (await this.pg.raw(
      `select distinct on (u.budget_id) u.budget_id, u.reserved::float8 as reserved, u.settled::float8 as settled
       from jsonb_to_recordset(?::jsonb) as k(budget_id text, start float8)
       join marketing_budget_use u on u.budget_id = k.budget_id and u.period_start = to_timestamp(k.start / 1000)
       order by u.budget_id, u.reserved + u.settled desc`,
      [JSON.stringify(asked)],
    )) as { rows: { budget_id: string; reserved: number; settled: number }[] }
    const byId = new Map(used.rows.map((row) => [row.budget_id, row]))
    return rows.map((row) => {
      const { start, next } = periodOf(row.period, now, policy.time_zone)
      const { reserved = 0, settled = 0 } = byId.get(row.id) ?? {}
      return { ...row, reserved, settled, period_start: start, period_end: next }
    })
  }
}

/** Sums are locked in one order by everybody, then changed in a statement that sees them as they were locked. */
async function move(trx: Knex.Transaction, movements: readonly Movement[]): Promise<void> {
  if (movements.length === 0) return
  const rows = JSON.stringify(movements)
  const sums = `
    select budget_id, scope_key, to_timestamp(start / 1000) as period_start, sum(reserved)::bigint as reserved, sum(settled)::bigint as settled
    from jsonb_to_recordset(?::jsonb) as m(budget_id text, scope_key text, start float8, reserved float8, settled float8)
    group by 1, 2, 3`
  await trx.raw(
    `select 1 from marketing_budget_use u join (${sums}) s using (budget_id, scope_key, period_start)
     order by u.budget_id, u.scope_key, u.period_start for update of u`,
    [rows],
  )
  await trx.raw(
    `update marketing_budget_use u set reserved = u.reserved + s.reserved, settled = u.settled + s.settled from (${sums}) s
     where u.budget_id = s.budget_id and u.scope_key = s.scope_key and u.period_start = s.period_start`,
    [rows],
  )
}

function startOf(period: Period, now: number, { time_zone }: GuardPolicy): number {
  return periodOf(period, now, time_zone).start
}

/** As Medusa keeps its big numbers. */
function rawOf(amount: number): string {
  return JSON.stringify({ value: String(amount), precision: 20 })
}

function entryOf(id: string, actor_id: string, before: unknown, after: unknown) {
  return { actor_id, action: "budget", target: `budget:${id}`, before, after }
}

function noBudget(id: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_FOUND, `There is no budget ${id}`)
}
