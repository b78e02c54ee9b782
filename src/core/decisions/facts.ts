import type { Automation, Budget, Capability, CapabilityState, GuardPolicy, Person, Subject } from "./types"

/**
 * Everything that a batch of proposals is held against, as plain data: loaded from the database for a live batch, kept in memory
 * by a simulation. `decideBatch` writes what it decides back into it, so that the next proposal sees the one before.
 */
export interface BatchFacts {
  policy: GuardPolicy
  store_killed: boolean
  /** All capabilities. */
  capabilities: ReadonlyMap<Capability, CapabilityState>
  /** By id: those that the proposals name. */
  automations: ReadonlyMap<string, Automation>
  /** Running experiments on automations, by automation. */
  experiments: ReadonlyMap<string, RunningExperiment>
  /** Keys that have been decided on already. */
  taken: Set<string>
  /** Customers whose data was erased. */
  erased: ReadonlySet<string>
  /** By `consentKey`; a key that is missing is not granted. */
  consents: ReadonlyMap<string, boolean>
  /** IANA names by `personKey`: all that a person may be in; missing: the store's own. */
  time_zones: ReadonlyMap<string, readonly string[]>
  /** By `personKey`: times of contacts within the longest cap, ascending. */
  contacts: Map<string, number[]>
  /** By `automationKey`: the last act on this subject. */
  last_acts: Map<string, number>
  /** By `automationKey`: until when. */
  snoozes: ReadonlyMap<string, number>
  /** By `subjectKey` (of subjects and of persons). */
  holds: ReadonlyMap<string, readonly OpenHold[]>
  budgets: readonly Budget[]
  /** By `budgetKey`: reserved and settled together. */
  used: Map<string, number>
  /** By `liabilityKey`. */
  liability: Map<string, Liability>
  /** By `personKey`: the unit a person is assigned as; missing: its own key. */
  units: ReadonlyMap<string, string>
}

export interface OpenHold {
  kind: "complaint" | "return" | "risk"
  reference: string
}

export interface RunningExperiment {
  id: string
  /** Share of the units that take part. */
  traffic: number
  /** `settings` laid over the automation's when it proposes. The first is the control. */
  arms: readonly { key: string; weight: number; off: boolean; settings: Record<string, unknown> | null }[]
}

/** Cost decided of one capability in one currency. */
export interface Liability {
  /** By minute (Unix milliseconds of its start), ascending; at least the last hour. */
  minutes: { at: number; amount: number }[]
  /** The store's normal, minor units: what a busy minute and a busy hour of the last four weeks cost. 0: nothing known. */
  normal_minute: number
  normal_hour: number
}

/** "customer:cus_1", or "visitor:0190..." of somebody without an account. */
export function personKey({ customer_id, visitor_id }: Pick<Person, "customer_id" | "visitor_id">): string {
  return customer_id !== null ? `customer:${customer_id}` : `visitor:${visitor_id}`
}
export function subjectKey({ type, id }: Subject): string {
  return `${type}:${id}`
}
export function automationKey(automation_id: string, subject: Subject): string {
  return `${automation_id}|${subject.type}:${subject.id}`
}
export function consentKey(person: Person, purpose: string): string {
  return `${personKey(person)}|${purpose}`
}
export function budgetKey(budget_id: string, scope_key: string, period_start: number): string {
  return `${budget_id}|${scope_key}|${period_start}`
}
export function liabilityKey(capability: Capability, currency_code: string): string {
  return `${capability}|${currency_code}`
}
