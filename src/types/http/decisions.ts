import type { JobProgress } from "./admin"

/** Major units beside their currency, as Medusa shows money. */
export interface MoneyAmount {
  amount: number
  /** Lower case. */
  currency_code: string
}

export type CapabilityName = "recommendations" | "audience" | "campaigns" | "offers" | "prices" | "support"
export type DecisionMode = "off" | "shadow" | "approve" | "canary" | "on"
export type DecisionOutcome = "act" | "approve" | "defer" | "shadow" | "held_out" | "blocked" | "breaker"
/** Of what is to be delivered; null where nothing ever was. */
export type DeliveryStatus =
  | "waiting_approval"
  | "deferred"
  | "queued"
  | "delivering"
  | "delivered"
  | "failed"
  | "expired"
  | "rejected"
  | "blocked"
  | "withdrawn"
export type SubjectKind = "customer" | "visitor" | "variant" | "order" | "cart"

// ---------------------------------------------------------------- explain

export type ExplainedValue = string | number | boolean | null
/** money: major units of `currency_code`; time: ISO 8601; share: 0 to 1. */
export type ExplainedUnit = "money" | "minutes" | "days" | "count" | "share" | "time" | "score" | "text"

export interface ExplainedInput {
  /** i18n key below `explanation.names`. */
  name: string
  value: ExplainedValue
  unit: ExplainedUnit
  currency_code?: string
}
export interface ExplainedCondition extends ExplainedInput {
  operator: "at_least" | "at_most" | "is" | "is_not" | "in"
  threshold: ExplainedValue
  met: boolean
}
/** Why, for every capability alike. */
export interface DecisionExplanation {
  /** i18n key below `explanation.summaries`, with data. */
  summary: { key: string; data: Record<string, string | number> }
  inputs: ExplainedInput[]
  conditions: ExplainedCondition[]
  contributions: { name: string; value: number }[]
  score: number | null
  threshold: number | null
  nearest_miss: ExplainedCondition | null
}

export interface GuardReasonAnswer {
  /** i18n key below `guard.reasons`. */
  code: string
  data: Record<string, ExplainedValue>
  /** ISO 8601; null: waiting does not help. */
  until: string | null
}
export interface VerdictAnswer {
  allowed: boolean
  reasons: GuardReasonAnswer[]
  defer_until: string | null
}

// -------------------------------------------------------------- decisions

export interface DecisionSummary {
  id: string
  /** light: a shelf, kept in the event log. heavy: a row with a delivery. */
  weight: "light" | "heavy"
  capability: CapabilityName
  automation_id: string | null
  automation_name: string | null
  subject: { type: SubjectKind; id: string }
  /** What the admin shows for the subject: an e-mail, "#1042", a product's title; null when it is gone. */
  subject_label: string | null
  customer_id: string | null
  visitor_id: string | null
  action_type: string
  outcome: DecisionOutcome
  status: DeliveryStatus | null
  mode: DecisionMode
  /** "treated", the layer that held it out, or an experiment's arm. */
  arm: string | null
  expected_value: MoneyAmount | null
  expected_cost: MoneyAmount | null
  summary: DecisionExplanation["summary"]
  decided_at: string
}

export interface Decision extends DecisionSummary {
  explanation: DecisionExplanation
  verdict: VerdictAnswer
  action: { type: string; channel: string | null; data: Record<string, unknown> }
  automation_version: number | null
  model: { id: string; version: number | null } | null
  experiment: { id: string; name: string } | null
  /** null where nothing is to be delivered. */
  delivery: {
    status: DeliveryStatus
    deliver_after: string
    expires_at: string
    attempts: number
    next_attempt_at: string | null
    delivered_at: string | null
    error: string | null
    settled_cost: MoneyAmount | null
    approved_by: string | null
  } | null
  /** What was set aside and what became of it. */
  budget_entries: {
    budget_id: string
    kind: "reserve" | "settle" | "release"
    amount: number
    currency_code: string | null
    at: string
  }[]
  /** Events of the log that followed: shown, clicked, bought, delivered. */
  outcomes: { type: string; at: string; data: Record<string, unknown> }[]
  /** Sealed into the chain: the seal's number; null while young. */
  seal: number | null
  dedupe_key: string | null
  /** Products of a shelf, in their places. */
  products?: { product_id: string; title: string | null; reason: string }[]
}

/**
 * `GET /admin/marketing/decisions?capability&automation_id&outcome&status&customer_id&visitor_id&order_id&cart_id&subject_id&from&to
 * &weight&limit&offset&order` newest first. `weight=light` needs a customer, visitor or order. `order_id` finds all that led to the order.
 */
export interface DecisionsAnswer {
  decisions: DecisionSummary[]
  count: number
  offset: number
  limit: number
}
/** `GET /admin/marketing/decisions/:id` */
export interface DecisionAnswer {
  decision: Decision
}
/** `POST /admin/marketing/decisions/approve`, `/reject`: up to 500 at once; each is told by itself. `POST /decisions/:id/retry` takes a failed one up again. */
export interface ApprovalBody {
  ids: string[]
  /** Of a rejection. */
  reason?: string
}
export interface ApprovalAnswer {
  results: { id: string; ok: boolean; status: DeliveryStatus | null; message: string | null }[]
}

/** `GET /admin/marketing/decisions/summary?days` (1 to 90): counts by capability and outcome, money, and the queue. */
export interface DecisionTotals {
  days: { day: string; counts: Partial<Record<DecisionOutcome, number>> }[]
  by_capability: {
    capability: CapabilityName
    mode: DecisionMode
    counts: Partial<Record<DecisionOutcome, number>>
    /** Shelves and the like, which are no rows. */
    light: number
    cost: MoneyAmount[]
  }[]
  queue: {
    waiting_approval: number
    deferred: number
    queued: number
    delivering: number
    failed: number
    /** Oldest that should have been delivered by now; null: none. */
    oldest_due_at: string | null
  }
  /** How far automations are behind the log, in seconds; null before their first run. */
  lag_seconds: number | null
}
export interface DecisionTotalsAnswer {
  summary: DecisionTotals
}

// ------------------------------------------------------- modes and the switch

/** `GET /admin/marketing/kill-switch`, `POST` with a KillSwitchBody. */
export interface KillSwitchAnswer {
  kill_switch: {
    store: { killed: boolean; at: string | null; by: string | null; reason: string | null }
    capabilities: {
      capability: CapabilityName
      killed: boolean
      at: string | null
      by: string | null
      reason: string | null
    }[]
    /** What was promised and lives on: what the two buttons would take back. `available` false: no capability of the kind is installed yet. */
    live: Record<"offers" | "prices", { available: boolean; count: number; amounts: MoneyAmount[] }>
  }
}
export interface KillSwitchBody {
  scope: "store" | CapabilityName
  killed: boolean
  reason?: string
}
/** `POST /admin/marketing/kill-switch/withdraw`: `count` must be the one that was shown, or it is refused (409). */
export interface WithdrawBody {
  what: "offers" | "prices"
  count: number
}
export interface WithdrawAnswer {
  withdrawn: number
  amounts: MoneyAmount[]
}

/** `GET /admin/marketing/capabilities`, `POST /admin/marketing/capabilities/:capability` */
export interface CapabilityStateAnswer {
  capability: CapabilityName
  /** Whether anything of it is built into this version. */
  available: boolean
  mode: DecisionMode
  /** Modes that make sense: a shelf cannot wait for approval. */
  modes: DecisionMode[]
  canary_percent: number
  /** Share of the units that stay without it, 0 to 0.5. */
  holdout: number
  killed: boolean
  tripped: { at: string; reason: GuardReasonAnswer } | null
  version: number
}
export interface CapabilitiesAnswer {
  capabilities: CapabilityStateAnswer[]
}
export interface CapabilityAnswer {
  capability: CapabilityStateAnswer
}
export interface CapabilityBody {
  mode?: DecisionMode
  canary_percent?: number
  holdout?: number
  /** Of the state that was read; another one is refused (409). */
  version: number
}

// ------------------------------------------------------------------ guard

export interface GuardSettings {
  /** Local "HH:MM"; null: none. */
  quiet_hours: { from: string; to: string } | null
  caps: { most: number; per: "hour" | "day" | "week" | "month" }[]
  approval_hours: number
  breaker: {
    enabled: boolean
    minute_times: number
    hour_times: number
    /** Major units an hour by currency. */
    minimum: Record<string, number>
  }
  /** 0 to 0.5. */
  global_holdout: number
  time_zone: string
}
/** `GET /admin/marketing/guard`, `POST` with any subset. */
export interface GuardSettingsAnswer {
  guard: GuardSettings
}

export interface BudgetBody {
  scope: "store" | "capability" | "automation"
  scope_id?: string
  per_subject?: boolean
  period: "hour" | "day" | "week" | "month" | "total"
  kind: "money" | "count"
  currency_code?: string
  /** Major units, or acts. */
  limit: number
}
export interface BudgetAnswer {
  budget: BudgetSummary
}
/** Of the present period. A budget per subject has no sum: `used` is of the subject who used most. */
export interface BudgetSummary extends Required<Omit<BudgetBody, "currency_code">> {
  id: string
  currency_code: string | null
  scope_name: string | null
  reserved: number
  settled: number
  period_start: string
  /** null of a total. */
  period_end: string | null
  created_at: string
}
/** `GET /admin/marketing/budgets`, `POST`, `POST /budgets/:id` ({ limit }), `DELETE /budgets/:id`. */
export interface BudgetsAnswer {
  budgets: BudgetSummary[]
  count: number
  offset: number
  limit: number
}

/** `GET /admin/marketing/snoozes?automation_id&subject_id`, `POST`, `DELETE /snoozes/:id`. */
export interface Snooze {
  id: string
  automation_id: string
  subject: { type: SubjectKind; id: string }
  until: string
  created_by: string | null
  created_at: string
}
export interface SnoozeBody {
  automation_id: string
  subject: { type: SubjectKind; id: string }
  until: string
}
export interface SnoozesAnswer {
  snoozes: Snooze[]
  count: number
  offset: number
  limit: number
}
export interface SnoozeAnswer {
  snooze: Snooze
}

// ------------------------------------------------------------- automations

/** One field of an automation's settings, so that the admin can draw a form for any kind. */
export interface SettingField {
  name: string
  /** money: major units by currency; minutes and count: whole numbers. */
  type: "money_by_currency" | "minutes" | "count" | "share"
  minimum: number
  maximum: number
}

export interface AutomationSummary {
  id: string
  kind: string
  capability: CapabilityName
  name: string
  version: number
  mode: DecisionMode
  canary_percent: number
  holdout: number
  settings: Record<string, unknown>
  guard: { cooldown_minutes: number; daily_limit: number | null }
  /** The capability or the store holds it back: what really happens. */
  effective_mode: DecisionMode
  killed: boolean
  fields: SettingField[]
  /** Last 28 days. */
  counts: Partial<Record<DecisionOutcome, number>>
  last_decided_at: string | null
  updated_at: string
}
/** `GET /admin/marketing/automations`, `GET` and `POST /automations/:id`, `GET /automations/:id/versions`. */
export interface AutomationsAnswer {
  automations: AutomationSummary[]
  count: number
  offset: number
  limit: number
}
export interface AutomationAnswer {
  automation: AutomationSummary
}
export interface AutomationBody {
  name?: string
  settings?: Record<string, unknown>
  guard?: { cooldown_minutes?: number; daily_limit?: number | null }
  mode?: DecisionMode
  canary_percent?: number
  holdout?: number
  version: number
}
export interface AutomationVersion {
  version: number
  settings: Record<string, unknown>
  guard: { cooldown_minutes: number; daily_limit: number | null }
  created_at: string
  created_by: string | null
}
export interface AutomationVersionsAnswer {
  versions: AutomationVersion[]
  count: number
  offset: number
  limit: number
}

// --------------------------------------------------------------- simulate

/** `POST /admin/marketing/simulations` starts (202); `GET /simulations/:id` follows; `POST /simulations/:id/cancel`; `GET /simulations?automation_id`. */
export interface SimulationBody {
  automation_id: string
  /** 1 to 90. */
  days: number
  /** One or two; what is left out is as it stands now. */
  versions: {
    label?: string
    settings?: Record<string, unknown>
    guard?: { cooldown_minutes?: number; daily_limit?: number | null }
  }[]
}
export interface SimulationOutcome {
  label: string | null
  /** Proposals, before the guard. */
  proposed: number
  counts: Partial<Record<DecisionOutcome, number>>
  /** Distinct subjects of what would have been done. */
  subjects: number
  expected_value: MoneyAmount[]
  cost: MoneyAmount[]
  /** Of those acted on, how many bought within 24 hours anyway, without the act. */
  bought_anyway: number
  /** Why the guard would have stopped, by code. */
  stopped: Record<string, number>
  days: { day: string; counts: Partial<Record<DecisionOutcome, number>> }[]
  /** Newest first, at most 20. */
  samples: {
    subject: { type: SubjectKind; id: string }
    at: string
    outcome: DecisionOutcome
    explanation: DecisionExplanation
    verdict: VerdictAnswer
    bought_anyway: boolean
  }[]
  /** Subjects that came closest without being proposed. */
  nearest_misses: { subject: { type: SubjectKind; id: string }; condition: ExplainedCondition }[]
}
export interface Simulation extends JobProgress {
  automation_id: string
  days: number
  /** Events that were read. */
  events: number
  outcomes: SimulationOutcome[] | null
  created_at: string
}
export interface SimulationAnswer {
  simulation: Simulation
}
export interface SimulationsAnswer {
  simulations: Simulation[]
  count: number
  offset: number
  limit: number
}

// --------------------------------------------------------- audit and alerts

export interface AuditEntry {
  number: number
  at: string
  /** A user's id, or "system". */
  actor_id: string
  actor_label: string | null
  /** e.g. "capability.mode", "kill_switch", "automation.settings", "budget", "guard", "approval", "experiment". */
  action: string
  target: string
  target_label: string | null
  before: unknown
  after: unknown
  hash: string
}
/** `GET /admin/marketing/audit-entries?action&target&actor_id&from&to&limit&offset` newest first. */
export interface AuditEntriesAnswer {
  audit_entries: AuditEntry[]
  count: number
  offset: number
  limit: number
}
/** `POST /admin/marketing/audit-entries/verify`: reads both chains again, from the first entry on. */
export interface AuditVerification {
  verification: {
    intact: boolean
    entries: number
    seals: number
    decisions: number
    /** Where a chain breaks first. */
    broken_at: { chain: "audit" | "decisions"; number: number } | null
    milliseconds: number
  }
}

export interface Alert {
  id: string
  level: "info" | "warning" | "error"
  /** i18n key below `alerts`, e.g. "breaker_tripped", "delivery_failed", "large_cart_left". */
  key: string
  data: Record<string, ExplainedValue>
  capability: CapabilityName | null
  decision_id: string | null
  created_at: string
  resolved_at: string | null
  resolved_by: string | null
}
/** `GET /admin/marketing/alerts?open&limit&offset` newest first; `POST /alerts/:id/resolve`. */
export interface AlertsAnswer {
  alerts: Alert[]
  count: number
  offset: number
  limit: number
}
export interface AlertAnswer {
  alert: Alert
}
