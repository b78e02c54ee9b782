import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Money } from "../../core/decisions"
import type { Alerts } from "./alerts"
import type { BudgetBook } from "./budget-book"
import {
  DELIVERED_COLUMNS,
  deliveredOf,
  type DeliveredDecision,
  type DeliveredRecord,
} from "./delivered-decision"

export type { DeliveredDecision }

const SECOND = 1_000
/** A worker that has not been heard of for this long has died: somebody else takes its deliveries up. */
export const LEASE_MS = 30 * SECOND
/** Between an attempt that failed and the next. After the last one it is given up, and staff are told. */
export const BACK_OFF_MS: readonly number[] = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  120 * SECOND,
  600 * SECOND,
] as const
/** A delivery that takes its process along is not tried for ever. */
const MOST_INTERRUPTIONS = 12
const MOST_ERROR = 2_000

const seconds = (parameter: string) => `to_timestamp(:${parameter}::float8 / 1000)`

/** Killed, off, or in shadow by staff or by a circuit breaker: what is queued waits, until it expires. */
const STOPPED = `
  exists (select 1 from marketing_capability_state c where c.id in ('store', d.capability) and c.deleted_at is null
    and (c.killed_at is not null or (c.id = d.capability and (c.mode in ('off', 'shadow') or c.tripped_at is not null))))
  or exists (select 1 from marketing_automation a where a.id = d.automation_id and a.mode in ('off', 'shadow'))`

/** What is to be done and what became of it: claimed, delivered, settled or given up. */
export class Deliveries {
  constructor(
    private readonly pg: Knex,
    private readonly budgets: BudgetBook,
    private readonly alerts: Alerts,
  ) {}

  /** Takes what is due for `owner`, for half a minute, each by one worker only. Nothing of what is stopped. */
  async claim(owner: string, limit: number, now: number): Promise<DeliveredDecision[]> {
    const { rows } = (await this.pg.raw(
      `with due as (
         select v.decision_id from marketing_delivery v join marketing_decision d on d.id = v.decision_id
         where v.deliver_after <= ${seconds("now")}
           and ((v.status = 'queued' and v.expires_at > ${seconds("now")})
             or (v.status = 'delivering' and v.claimed_until < ${seconds("now")}))
           and not (${STOPPED})
         order by v.deliver_after, v.decision_id limit :limit for update of v skip locked),
       claimed as (
         update marketing_delivery v set status = 'delivering', claimed_by = :owner, claimed_until = ${seconds("until")},
           attempts = v.attempts + 1, updated_at = now()
         from due where v.decision_id = due.decision_id returning v.*)
       select ${DELIVERED_COLUMNS} from claimed v join marketing_decision d on d.id = v.decision_id
       order by v.deliver_after, v.decision_id`,
      { owner, limit, now, until: now + LEASE_MS },
    )) as { rows: DeliveredRecord[] }
    return rows.map(deliveredOf)
  }

  /** Since when what has waited longest for a worker is due (Unix milliseconds), what is stopped aside; null: nothing is. */
  async dueSince(now: number): Promise<number | null> {
    const { rows } = (await this.pg.raw(
      `select (extract(epoch from min(v.deliver_after)) * 1000)::float8 as since
       from marketing_delivery v join marketing_decision d on d.id = v.decision_id
       where v.status in ('queued', 'deferred', 'delivering') and v.deliver_after <= ${seconds("now")}
         and (v.status <> 'delivering' or v.claimed_until < ${seconds("now")}) and v.expires_at > ${seconds("now")}
         and (v.status = 'deferred' or not (${STOPPED}))`,
      { now },
    )) as { rows: { since: number | null }[] }
    return rows[0].since
  }

  /** Puts a claimed one back as if it had not been taken. */
  async giveBack(id: string, owner: string): Promise<void> {
    await this.pg.raw(
      `update marketing_delivery set status = 'queued', claimed_by = null, claimed_until = null, attempts = attempts - 1,
         updated_at = now() where decision_id = ? and status = 'delivering' and claimed_by = ?`,
      [id, owner],
    )
  }

  /** Says that the worker is still at them. */
  async renew(ids: readonly string[], owner: string, now: number): Promise<void> {
    await this.pg.raw(
      `update marketing_delivery set claimed_until = to_timestamp(? / 1000.0)
       where decision_id = any(?::uuid[]) and status = 'delivering' and claimed_by = ?`,
      [now + LEASE_MS, [...ids], owner],
    )
  }

  /** It is done, at this cost (null: as expected). Saying it again changes nothing. */
  async settle(id: string, cost: Money | null, now: number): Promise<void> {
    await this.pg.transaction(async (trx) => {
      const { rowCount } = (await trx.raw(
        `update marketing_delivery v set status = 'delivered', delivered_at = ${seconds("now")}, claimed_by = null, claimed_until = null,
           error = null, updated_at = now(),
           settled_amount = case when d.cost_currency = :currency then :amount::bigint else d.cost_amount end
         from marketing_decision d
         where d.id = v.decision_id and v.decision_id = :id and v.status in ('delivering', 'queued')`,
        { id, now, currency: cost?.currency_code ?? null, amount: cost?.amount ?? 0 },
      )) as { rowCount: number }
      if (rowCount > 0) await this.budgets.settle(trx, id, cost, now)
    })
  }

  /**
   * An attempt failed. Tried again after a while, at most five times; what is permanent is not. Then its budget is released and staff are
   * told. Returns whether it is given up.
   */
  async fail(id: string, owner: string, error: string, permanent: boolean, now: number): Promise<boolean> {
    return this.pg.transaction(async (trx) => {
      const { rows } = (await trx.raw(
        `select v.attempts, d.capability, d.action_type from marketing_delivery v join marketing_decision d on d.id = v.decision_id
         where v.decision_id = ? and v.status = 'delivering' and v.claimed_by = ? for update of v`,
        [id, owner],
      )) as { rows: Failing[] }
      // Somebody else has taken it up meanwhile: it is theirs to say.
      if (rows.length === 0) return false
      const [{ attempts }] = rows
      const message = error.slice(0, MOST_ERROR)
      const pause = BACK_OFF_MS[attempts - 1]
      if (permanent || pause === undefined) {
        await this.#giveUp(trx, [{ id, ...rows[0], error: message }], now)
        return true
      }
      await trx.raw(
        `update marketing_delivery set status = 'queued', deliver_after = to_timestamp(? / 1000.0), error = ?, claimed_by = null,
           claimed_until = null, updated_at = now() where decision_id = ?`,
        [now + pause, message, id],
      )
      return false
    })
  }

  /** It is no longer wanted: nothing is done, and its budget is free again. */
  async withdraw(id: string, owner: string, why: string, now: number): Promise<void> {
    await this.pg.transaction(async (trx) => {
      const { rowCount } = (await trx.raw(
        `update marketing_delivery set status = 'withdrawn', error = ?, claimed_by = null, claimed_until = null, updated_at = now()
         where decision_id = ? and status = 'delivering' and claimed_by = ?`,
        [why, id, owner],
      )) as { rowCount: number }
      if (rowCount > 0) await this.budgets.release(trx, [id], now)
    })
  }

  /**
   * Gives up what has waited too long (not what a worker has begun: nobody knows whether that was done), and what has taken its worker along
   * too often. Returns how many.
   */
  async expire(now: number): Promise<number> {
    return this.pg.transaction(async (trx) => {
      const { rows } = (await trx.raw(
        `with over as (
           select decision_id from marketing_delivery
           where status in ('queued', 'deferred', 'waiting_approval') and expires_at <= ${seconds("now")}
           order by decision_id for update skip locked)
         update marketing_delivery v set status = 'expired', updated_at = now() from over
         where v.decision_id = over.decision_id returning v.decision_id as id`,
        { now },
      )) as { rows: { id: string }[] }
      const ids = rows.map(({ id }) => id)
      if (ids.length > 0) await this.budgets.release(trx, ids, now)
      const lost = (await trx.raw(
        `select v.decision_id as id, d.capability, d.action_type, v.attempts, coalesce(v.error, 'Interrupted again and again.') as error
         from marketing_delivery v join marketing_decision d on d.id = v.decision_id
         where v.status = 'delivering' and v.claimed_until < ${seconds("now")} and v.attempts >= :most
         order by v.decision_id for update of v skip locked`,
        { now, most: MOST_INTERRUPTIONS },
      )) as { rows: (Failing & { id: string; error: string })[] }
      await this.#giveUp(trx, lost.rows, now)
      return ids.length + lost.rows.length
    })
  }

  async #giveUp(
    trx: Knex.Transaction,
    failed: readonly (Failing & { id: string; error: string })[],
    now: number,
  ): Promise<void> {
    if (failed.length === 0) return
    // All at once: sums are locked in one order.
    await this.budgets.release(
      trx,
      failed.map(({ id }) => id),
      now,
    )
    for (const { id, error, capability, action_type, attempts } of failed) {
      await trx.raw(
        `update marketing_delivery set status = 'failed', error = ?, claimed_by = null, claimed_until = null, updated_at = now()
         where decision_id = ?`,
        [error, id],
      )
      await this.alerts.raise(
        {
          level: "error",
          key: "delivery_failed",
          data: { capability, action: action_type, attempts, error },
          capability,
          decision_id: id,
          reference: `delivery:${id}`,
        },
        trx,
      )
    }
  }
}

interface Failing {
  attempts: number
  capability: DeliveredDecision["capability"]
  action_type: string
}
