import type { EventType, LogEvent } from "../signals"
import type {
  Automation,
  AutomationGuard,
  Capability,
  ExplanationCondition,
  Mode,
  Person,
  Proposal,
  Subject,
} from "./types"

/** One field of an automation's settings. */
export interface SettingField {
  name: string
  /** money_by_currency: `Record<currency, minor units>`; the rest: numbers. */
  type: "money_by_currency" | "minutes" | "count" | "share"
  minimum: number
  maximum: number
}

/**
 * The code of one kind of automation: it folds the events of a key (a cart, a customer) into a state, says when that is to be
 * looked at if nothing more happens, and what it would then do. The live runner and the simulator call the same functions, the first with
 * states kept in the database, the second with states in memory; states are plain JSON data.
 */
export interface AutomationKind<Settings = Record<string, unknown>, State = unknown> {
  kind: string
  capability: Capability
  fields: readonly SettingField[]
  defaults: { name: string; settings: Settings; guard: AutomationGuard; mode: Mode; holdout: number }
  /** @throws RangeError that names the field and what would be right */
  checkSettings(given: Record<string, unknown>): Settings
  reads: ReadonlySet<EventType>
  /** Whose state an event changes; null: nobody's. */
  keyOf(event: LogEvent): string | null
  /** What a key names. */
  subjectOf(key: string): Subject
  start(key: string): State
  /** May change and return the state it is given. Events may come twice or out of order. */
  apply(state: State, event: LogEvent): State
  /** Whom a proposal about the state would concern: the unit whose arm's settings hold. null: nobody is known. */
  personOf(state: State): Person | null
  /** null: not to be looked at. `settings`: the automation's own or an arm's: the runner looks at the earliest, and again at the unit's own. */
  dueAt(state: State, settings: Settings): number | null
  /** Called when due, `at` the due time. `state` is kept instead of the former one; nothing is proposed twice of the same state. */
  propose(
    state: State,
    automation: Automation<Settings>,
    at: number,
  ): { state: State; proposal: Proposal | null; near_miss: ExplanationCondition | null }
  /** Whether a proposal made of an earlier state is still wanted: asked before one that was deferred is looked at again. */
  stillWanted(state: State, proposal: Proposal): boolean
}
