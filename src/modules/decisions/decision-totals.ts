import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Capability, Outcome } from "../../core/decisions"

export interface DecisionCounts {
  days: { day: string; outcome: Outcome; decisions: number }[]
  capabilities: { capability: Capability; outcome: Outcome; decisions: number }[]
  /** Of what is or was to be done, minor units. */
  costs: { capability: Capability; currency_code: string; amount: number }[]
  queue: {
    waiting_approval: number
    deferred: number
    queued: number
    delivering: number
    failed: number
    oldest_due_at: Date | null
  }
  /** Seconds that the slowest reader of the event log is behind; null before the first run. */
  lag_seconds: number | null
}

/** How much was decided, what it cost, and what waits: the log of decisions in figures. */
export class DecisionTotals {
  constructor(private readonly pg: Knex) {}

  /** Decisions since `from` by day (UTC) and by capability, what they cost, and what waits. */
  async since(from: number): Promise<DecisionCounts> {
    const since = new Date(from)
    const read = async <Row>(sql: string, bindings: readonly Knex.RawBinding[] = [since]) =>
      (await this.pg.raw<{ rows: Row[] }>(sql, bindings)).rows
    const [days, capabilities, costs, queue, lag] = await Promise.all([
      read<DecisionCounts["days"][number]>(
        `select to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD') as day, outcome, count(*)::float8 as decisions
         from marketing_decision where decided_at >= ? group by 1, 2 order by 1, 2`,
      ),
      read<DecisionCounts["capabilities"][number]>(
        `select capability, outcome, count(*)::float8 as decisions from marketing_decision where decided_at >= ?
         group by 1, 2 order by 1, 2`,
      ),
      read<DecisionCounts["costs"][number]>(
        `select d.capability, d.cost_currency as currency_code, sum(coalesce(v.settled_amount, d.cost_amount))::float8 as amount
         from marketing_decision d join marketing_delivery v on v.decision_id = d.id
         where d.decided_at >= ? and v.status in ('queued', 'delivering', 'delivered') and d.cost_amount > 0
         group by 1, 2 order by 1, 2`,
      ),
      read<DecisionCounts["queue"]>(
        `select (count(*) filter (where status = 'waiting_approval'))::float8 as waiting_approval,
           (count(*) filter (where status = 'deferred'))::float8 as deferred,
           (count(*) filter (where status = 'queued'))::float8 as queued,
           (count(*) filter (where status = 'delivering'))::float8 as delivering,
           (count(*) filter (where status = 'failed'))::float8 as failed,
           min(deliver_after) filter (where status in ('queued', 'deferred', 'delivering') and deliver_after <= now())
             as oldest_due_at
         from marketing_delivery where status in ('waiting_approval', 'deferred', 'queued', 'delivering', 'failed')`,
        [],
      ),
      read<{ lag_seconds: number | null }>(
        `select greatest(0, extract(epoch from now() - min(caught_up_at)))::float8 as lag_seconds
         from marketing_cursor where caught_up_at is not null`,
        [],
      ),
    ])
    return { days, capabilities, costs, queue: queue[0], lag_seconds: lag[0].lag_seconds }
  }

  /** Of each automation since `from`: decisions by outcome, and the last one ever. */
  async ofAutomations(
    automation_ids: readonly string[],
    from: number,
  ): Promise<Map<string, { counts: Partial<Record<Outcome, number>>; last_decided_at: Date | null }>> {
    const totals = new Map(
      automation_ids.map((id) => [
        id,
        { counts: {} as Partial<Record<Outcome, number>>, last_decided_at: null as Date | null },
      ]),
    )
    if (automation_ids.length === 0) return totals
    const [counted, last] = await Promise.all([
      this.pg.raw<{ rows: { automation_id: string; outcome: Outcome; n: number }[] }>(
        `select automation_id, outcome, count(*)::float8 as n from marketing_decision
         where automation_id = any(?) and decided_at >= ? group by 1, 2`,
        [[...automation_ids], new Date(from)],
      ),
      // By the index, one step an automation: a max() over all would read every decision.
      this.pg.raw<{ rows: { automation_id: string; decided_at: Date }[] }>(
        `select a.id as automation_id, d.decided_at from unnest(?::text[]) as a(id)
         cross join lateral (
           select decided_at from marketing_decision where automation_id = a.id order by decided_at desc limit 1) d`,
        [[...automation_ids]],
      ),
    ])
    for (const { automation_id, outcome, n } of counted.rows) totals.get(automation_id)!.counts[outcome] = n
    for (const { automation_id, decided_at } of last.rows)
      totals.get(automation_id)!.last_decided_at = decided_at
    return totals
  }
}
