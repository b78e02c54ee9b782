/** What the pipeline of decisions speaks: see docs/decisions.md. All of it is plain data; times are Unix milliseconds. */

export const CAPABILITIES = [
  "recommendations",
  "audience",
  "campaigns",
  "offers",
  "prices",
  "support",
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** Whole minor units: 1250 of "eur" is 12.50 EUR, 1250 of "jpy" is 1250 JPY. See `toMinor` and `toMajor`. */
export interface Money {
  amount: number
  /** Lower case. */
  currency_code: string
}

export type SubjectType = "customer" | "visitor" | "variant" | "order" | "cart"

/** What a decision is about. */
export interface Subject {
  type: SubjectType
  id: string
}

/** Whom a decision reaches or affects: whose consent, time zone, contacts and arm count. At least one id is known. */
export interface Person {
  customer_id: string | null
  visitor_id: string | null
  /** Two letters, lower case. */
  country_code: string | null
}

/** As in consents: what a person must have agreed to. */
export type ConsentPurpose =
  "analytics" | "personalisation" | "marketing_email" | "marketing_sms" | "marketing_push"

/** Where an act shows. Messages to a person are contacts: capped over all channels, and quiet at night. */
export type Channel = "email" | "sms" | "push" | "chat" | "storefront" | "admin"
export const CONTACT_CHANNELS: readonly Channel[] = ["email", "sms", "push"]

/** What would be done, as plain data. */
export interface Action<Data = Record<string, unknown>> {
  /** Names the delivery port: "admin_alert", later "message", "grant", "price". */
  type: string
  channel: Channel | null
  /** null: nothing about a person is used beyond what their order needs. */
  purpose: ConsentPurpose | null
  /** A service message (an answer to a complaint, a delivery notice): never capped, delayed or held out. */
  service?: boolean
  /** For a price: what it may not leave. */
  price?: { before: Money | null; after: Money; floor: Money | null; ceiling: Money | null }
  data: Data
}

export type ExplanationValue = string | number | boolean | null
/** How a value is to be written: money in minor units of `currency_code`, times as Unix milliseconds, shares from 0 to 1. */
export type Unit = "money" | "minutes" | "days" | "count" | "share" | "time" | "score" | "text"

export interface ExplanationInput {
  /** i18n key below `explanation.names` of the admin, e.g. "cart_value". */
  name: string
  value: ExplanationValue
  unit: Unit
  currency_code?: string
}

/** One condition with what was read, what was needed and whether it held. */
export interface ExplanationCondition extends ExplanationInput {
  operator: "at_least" | "at_most" | "is" | "is_not" | "in"
  threshold: ExplanationValue
  met: boolean
}

/** Why: the same for every capability, so that one component shows them all. */
export interface Explanation {
  /** i18n key below `explanation.summaries` and its data. */
  summary: { key: string; data: Record<string, string | number> }
  inputs: ExplanationInput[]
  conditions: ExplanationCondition[]
  /** What moved the score, largest first; empty where there is no score. */
  contributions: { name: string; value: number }[]
  score: number | null
  threshold: number | null
  /** The condition that was closest to failing (of one that fired) or to holding (of one that did not). */
  nearest_miss: ExplanationCondition | null
}

/** What a capability would do, and why. */
export interface Proposal<A extends Action = Action> {
  capability: Capability
  subject: Subject
  person: Person | null
  action: A
  explanation: Explanation
  expected: { value: Money; cost: Money }
  /** The same key never acts twice. */
  dedupe_key: string
  automation_id?: string
  automation_version?: number
  model_id?: string
  /** When it arose. */
  at: number
  /** Later than this it is not worth doing. */
  expires_at?: number
}

export const MODES = ["off", "shadow", "approve", "canary", "on"] as const
export type ModeName = (typeof MODES)[number]
/** off: not looked at. shadow: recorded, not done. approve: waits for a person. canary: done for `percent` of units. on: done. */
export interface Mode {
  mode: ModeName
  /** Of `canary`, 1 to 99. */
  percent: number
}

export const GUARD_CODES = [
  "kill_switch",
  "mode_off",
  "expired",
  "erased",
  "consent",
  "quiet_hours",
  "frequency_cap",
  "cooldown",
  "snoozed",
  "hold",
  "budget",
  "budget_currency",
  "price_floor",
  "price_ceiling",
  /** Of the outcome `breaker`: money ran faster than usual. */
  "breaker",
] as const
export type GuardCode = (typeof GUARD_CODES)[number]

/** One thing that speaks against acting now. */
export interface GuardReason {
  code: GuardCode
  /** What was read: `{ cap: 2, per: "day" }`, `{ budget_id, limit, used, needed }`, ... */
  data: Record<string, ExplanationValue>
  /** When it will no longer speak against it; null: waiting does not help. */
  until: number | null
}

export interface Verdict {
  allowed: boolean
  /** All of them, not only the first. */
  reasons: GuardReason[]
  /** Set when every reason passes with time, before the proposal expires. */
  defer_until: number | null
}

export type HoldoutLayer = "global" | "capability" | "automation"
/** Where a unit stands. `held_out` names the first layer that holds it out. */
export interface Assignment {
  /** "customer:cus_1" or "visitor:0190...". */
  unit: string
  held_out: HoldoutLayer | null
  /** Of the experiment on this automation, if one runs: its id and the unit's arm. */
  experiment_id: string | null
  arm: string | null
}

/**
 * What became of a proposal. act: to be delivered. approve: waits for a person. defer: waits for the guard. shadow: would have
 * been done. held_out: kept as control. blocked: the guard said no. breaker: money ran faster than usual.
 */
export const OUTCOMES = ["act", "approve", "defer", "shadow", "held_out", "blocked", "breaker"] as const
export type Outcome = (typeof OUTCOMES)[number]

/** An amount set aside when a decision is made, given back or spent when it is done. */
export interface Reservation {
  budget_id: string
  /** The subject of a budget per subject, else "". */
  scope_key: string
  /** Start of the budget's period. */
  period_start: number
  /** Minor units, or acts of a budget that counts. */
  amount: number
}

export interface Decided<A extends Action = Action> {
  proposal: Proposal<A>
  outcome: Outcome
  /** The stricter of the capability's and the automation's. */
  mode: Mode
  verdict: Verdict
  assignment: Assignment | null
  /** When delivery may begin; of `defer` when to look again. */
  deliver_after: number
  /** Approvals and deliveries are given up then. */
  expires_at: number
  reservations: Reservation[]
}

export const PERIODS = ["hour", "day", "week", "month", "total"] as const
export type Period = (typeof PERIODS)[number]

/** What may be spent. Money budgets hold only for decisions in their currency; where there is one, other currencies are refused. */
export interface Budget {
  id: string
  scope: "store" | "capability" | "automation"
  /** The capability's name or the automation's id; "" for the store. */
  scope_id: string
  /** One allowance for each subject instead of one for all. */
  per_subject: boolean
  period: Period
  kind: "money" | "count"
  /** Of a money budget. */
  currency_code: string | null
  /** Minor units, or acts. */
  limit: number
}

export interface FrequencyCap {
  /** Contacts of one person over all channels. */
  most: number
  per: "hour" | "day" | "week" | "month"
}

/** What holds for every decision of the store. */
export interface GuardPolicy {
  /** Local "HH:MM" of the person; from after to: over midnight. null: none. */
  quiet_hours: { from: string; to: string } | null
  caps: FrequencyCap[]
  /** How long an approval waits before it expires. */
  approval_hours: number
  breaker: BreakerPolicy
  /** Share of units that no capability acts on, 0 to 0.5. */
  global_holdout: number
  /** IANA name, for budgets' periods and for persons whose own zone is not known. */
  time_zone: string
}

/** Trips when liability passes `times` the store's normal and at least `minimum`. */
export interface BreakerPolicy {
  enabled: boolean
  minute_times: number
  hour_times: number
  /** By currency, minor units an hour: below it nothing trips. A currency without one takes `DEFAULT_BREAKER_MINIMUM` of major units. */
  minimum: Record<string, number>
}

/** What holds for one automation beside the store's policy. */
export interface AutomationGuard {
  /** Minutes between two acts on one subject; 0: none. */
  cooldown_minutes: number
  /** Acts at most so many a day; null: no limit. */
  daily_limit: number | null
}

/** An automation as the pipeline sees it. */
export interface Automation<Settings = Record<string, unknown>> {
  id: string
  /** Names the code that proposes: "large_cart_left". */
  kind: string
  capability: Capability
  name: string
  version: number
  settings: Settings
  guard: AutomationGuard
  mode: Mode
  /** Share of the units that get through the layers before it, 0 to 0.5. */
  holdout: number
}

/** A capability's switchboard. */
export interface CapabilityState {
  capability: Capability
  mode: Mode
  killed: boolean
  /** Set while a circuit breaker has moved it to shadow. */
  tripped_at: number | null
  holdout: number
}
