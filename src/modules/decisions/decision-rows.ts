import { randomBytes } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Decided, Outcome } from "../../core/decisions"
import { serverEventId } from "../../core/signals"
import { queryPrepared } from "../../providers/postgres"
import { erasedKey } from "./personal-data"

const MINUTE = 60_000

/** What a decision's delivery begins as; the other outcomes have none. */
const STATUS_OF: Partial<Record<Outcome, string>> = {
  act: "queued",
  approve: "waiting_approval",
  defer: "deferred",
}

/** A decision with the id and the moment it is written under. */
export interface NewDecision {
  id: string
  at: number
  decided: Decided
  /** Whose data was erased: what was decided is kept, and about nobody. */
  nameless?: boolean
}

export function newDecision(decided: Decided, at: number): NewDecision {
  return { id: serverEventId(at, randomBytes(10)), at, decided }
}

/**
 * Decisions, their deliveries, what they set aside, and their cost by minute: one statement, an array each as one JSON parameter. Rows
 * that others may hold (sums of budgets, minutes) are met in one order, so that two who meet wait for each other instead of for ever.
 */
const WRITE = `
  with decided as (
    insert into marketing_decision (id, decided_at, dedupe_key, capability, automation_id, automation_version, model_id, subject_type,
      subject_id, customer_id, visitor_id, country_code, unit, action_type, channel, action, explanation, value_amount, value_currency,
      cost_amount, cost_currency, mode, outcome, verdict, held_out, experiment_id, arm)
    select (e->>0)::uuid, to_timestamp((e->>1)::float8 / 1000), e->>2, e->>3, e->>4, (e->>5)::int, e->>6, e->>7, e->>8, e->>9, e->>10,
      e->>11, e->>12, e->>13, e->>14, e->15, e->16, (e->>17)::bigint, e->>18, (e->>19)::bigint, e->>20, e->>21, e->>22, e->23, e->>24,
      e->>25, e->>26
    from jsonb_array_elements($1::jsonb) as e),
  delivered as (
    insert into marketing_delivery (decision_id, status, deliver_after, expires_at)
    select (e->>0)::uuid, e->>1, to_timestamp((e->>2)::float8 / 1000), to_timestamp((e->>3)::float8 / 1000)
    from jsonb_array_elements($2::jsonb) as e)
  ${reservationsFrom("$3")},
  spent as (
    insert into marketing_liability (capability, currency_code, minute, amount, acts)
    select e->>0, e->>1, to_timestamp((e->>2)::float8 / 1000), sum((e->>3)::bigint), count(*)
    from jsonb_array_elements($4::jsonb) as e group by 1, 2, 3 order by 1, 2, 3
    on conflict (capability, currency_code, minute)
    do update set amount = marketing_liability.amount + excluded.amount, acts = marketing_liability.acts + excluded.acts)
  select 1`

/** Common table expressions that write the reservations of one JSON parameter. */
export function reservationsFrom(parameter: string): string {
  return `,
  reserved as (
    select (e->>0)::uuid as decision_id, e->>1 as budget_id, e->>2 as scope_key, to_timestamp((e->>3)::float8 / 1000) as period_start,
      (e->>4)::bigint as amount, to_timestamp((e->>5)::float8 / 1000) as at
    from jsonb_array_elements(${parameter}::jsonb) as e),
  entered as (
    insert into marketing_budget_entry (decision_id, budget_id, kind, scope_key, period_start, amount, at)
    select decision_id, budget_id, 'reserve', scope_key, period_start, amount, at from reserved),
  used as (
    insert into marketing_budget_use (budget_id, scope_key, period_start, reserved)
    select budget_id, scope_key, period_start, sum(amount) from reserved group by 1, 2, 3 order by 1, 2, 3
    on conflict (budget_id, scope_key, period_start)
    do update set reserved = marketing_budget_use.reserved + excluded.reserved)`
}

export function reservationRows(decisions: readonly NewDecision[]): unknown[] {
  return decisions.flatMap(({ id, at, decided }) =>
    decided.reservations.map(({ budget_id, scope_key, period_start, amount }) => [
      id,
      budget_id,
      scope_key,
      period_start,
      amount,
      at,
    ]),
  )
}

/** Costs of what is done, for the circuit breaker. */
export function liabilityRows(decisions: readonly NewDecision[]): unknown[] {
  return decisions.flatMap(({ at, decided: { outcome, proposal } }) => {
    const { amount, currency_code } = proposal.expected.cost
    if (amount === 0 || (outcome !== "act" && outcome !== "approve")) return []
    return [[proposal.capability, currency_code, Math.floor(at / MINUTE) * MINUTE, amount]]
  })
}

export async function writeDecisions(
  trx: Knex.Transaction,
  decisions: readonly NewDecision[],
): Promise<void> {
  if (decisions.length === 0) return
  const deliveries = decisions.flatMap(({ id, decided }) => {
    const status = STATUS_OF[decided.outcome]
    return status === undefined ? [] : [[id, status, decided.deliver_after, decided.expires_at]]
  })
  await queryPrepared(trx, "marketing_decisions_write", WRITE, [
    JSON.stringify(decisions.map(decisionRow)),
    JSON.stringify(deliveries),
    JSON.stringify(reservationRows(decisions)),
    JSON.stringify(liabilityRows(decisions)),
  ])
}

function withoutIdentity({ proposal }: Decided) {
  const subject = { type: proposal.subject.type, id: null }
  const dedupe_key = erasedKey(proposal.dedupe_key)
  const action = { ...proposal.action, data: {} }
  return { proposal: { ...proposal, subject, person: null, dedupe_key, action }, assignment: null }
}

/** In the order of WRITE's columns. */
function decisionRow({ id, at, decided, nameless }: NewDecision): unknown[] {
  const { proposal, assignment } = nameless ? withoutIdentity(decided) : decided
  return [
    id,
    at,
    proposal.dedupe_key,
    proposal.capability,
    proposal.automation_id ?? null,
    proposal.automation_version ?? null,
    proposal.model_id ?? null,
    proposal.subject.type,
    proposal.subject.id,
    proposal.person?.customer_id ?? null,
    proposal.person?.visitor_id ?? null,
    proposal.person?.country_code ?? null,
    assignment?.unit ?? null,
    proposal.action.type,
    proposal.action.channel,
    proposal.action,
    proposal.explanation,
    proposal.expected.value.amount,
    proposal.expected.value.currency_code,
    proposal.expected.cost.amount,
    proposal.expected.cost.currency_code,
    decided.mode.mode,
    decided.outcome,
    decided.verdict,
    assignment?.held_out ?? null,
    assignment?.experiment_id ?? null,
    assignment?.arm ?? null,
  ]
}

/** Of a decision that was put off and is looked at again; what the guard stops for good has no more chances. */
const STATUS_AGAIN: Record<Outcome, string> = {
  act: "queued",
  approve: "waiting_approval",
  defer: "deferred",
  blocked: "blocked",
  breaker: "blocked",
  shadow: "withdrawn",
  held_out: "withdrawn",
}

const WRITE_RELEASED = `
  with changed as (
    update marketing_delivery v set status = e->>1, deliver_after = to_timestamp((e->>2)::float8 / 1000),
      expires_at = to_timestamp((e->>3)::float8 / 1000), verdict = e->4, updated_at = now()
    from jsonb_array_elements($1::jsonb) as e where v.decision_id = (e->>0)::uuid)
  ${reservationsFrom("$2")},
  spent as (
    insert into marketing_liability (capability, currency_code, minute, amount, acts)
    select e->>0, e->>1, to_timestamp((e->>2)::float8 / 1000), sum((e->>3)::bigint), count(*)
    from jsonb_array_elements($3::jsonb) as e group by 1, 2, 3 order by 1, 2, 3
    on conflict (capability, currency_code, minute)
    do update set amount = marketing_liability.amount + excluded.amount, acts = marketing_liability.acts + excluded.acts)
  select 1`

/**
 * What a second look found: in the delivery, since the decision's own row stays as it was written. Its verdict also says the outcome
 * and where the unit stood then.
 */
export async function writeReleased(trx: Knex.Transaction, again: readonly NewDecision[]): Promise<void> {
  await queryPrepared(trx, "marketing_decisions_release", WRITE_RELEASED, [
    JSON.stringify(
      again.map(({ id, decided }) => [
        id,
        STATUS_AGAIN[decided.outcome],
        decided.deliver_after,
        decided.expires_at,
        { ...decided.verdict, outcome: decided.outcome, assignment: decided.assignment },
      ]),
    ),
    JSON.stringify(reservationRows(again)),
    JSON.stringify(liabilityRows(again)),
  ])
}
