import type { Action, Capability, Explanation, Money, Person, Proposal, Subject } from "../../core/decisions"

/** A decision as its delivery port is given it. */
export interface DeliveredDecision {
  id: string
  dedupe_key: string
  capability: Capability
  automation_id: string | null
  automation_version: number | null
  model_id: string | null
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

/** Of `marketing_decision d join marketing_delivery v`. */
export const DELIVERED_COLUMNS = `d.id, d.dedupe_key, d.capability, d.automation_id, d.automation_version, d.model_id, d.subject_type,
  d.subject_id, d.customer_id, d.visitor_id, d.country_code, d.action, d.explanation, d.value_amount::float8 as value_amount,
  d.value_currency, d.cost_amount::float8 as cost_amount, d.cost_currency, d.experiment_id, d.arm,
  (extract(epoch from d.decided_at) * 1000)::float8 as decided_at, (extract(epoch from v.expires_at) * 1000)::float8 as expires_at,
  v.attempts as attempt`

export interface DeliveredRecord {
  id: string
  dedupe_key: string
  capability: Capability
  automation_id: string | null
  automation_version: number | null
  model_id: string | null
  subject_type: Subject["type"]
  /** null: the person was erased meanwhile. */
  subject_id: string | null
  customer_id: string | null
  visitor_id: string | null
  country_code: string | null
  action: Action
  explanation: Explanation
  value_amount: number
  value_currency: string
  cost_amount: number
  cost_currency: string
  experiment_id: string | null
  arm: string | null
  decided_at: number
  expires_at: number
  attempt: number
}

export function deliveredOf(row: DeliveredRecord): DeliveredDecision {
  const { subject_type, subject_id, customer_id, visitor_id, country_code, ...rest } = row
  const { value_amount, value_currency, cost_amount, cost_currency, ...kept } = rest
  return {
    ...kept,
    subject: { type: subject_type, id: subject_id ?? "" },
    person: customer_id === null && visitor_id === null ? null : { customer_id, visitor_id, country_code },
    expected: {
      value: { amount: value_amount, currency_code: value_currency },
      cost: { amount: cost_amount, currency_code: cost_currency },
    },
    decided_at: Math.round(kept.decided_at),
    expires_at: Math.round(kept.expires_at),
  }
}

/** The proposal that it was decided on. */
export function proposalOf(decision: DeliveredDecision): Proposal {
  const { capability, subject, person, action, explanation, expected, dedupe_key } = decision
  return {
    capability,
    subject,
    person,
    action,
    explanation,
    expected,
    dedupe_key,
    automation_id: decision.automation_id ?? undefined,
    automation_version: decision.automation_version ?? undefined,
    model_id: decision.model_id ?? undefined,
    at: decision.decided_at,
    expires_at: decision.expires_at,
  }
}
