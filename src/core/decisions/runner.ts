import type { LogEvent } from "../signals"
import { armOf } from "./assign"
import type { AutomationKind } from "./automation-kind"
import type { RunningExperiment } from "./facts"
import { checkProposal } from "./guard"
import type { Automation, ExplanationCondition, Person, Proposal } from "./types"

/*
 * Runs one automation over the log: folds events into the states of their keys and looks at each when it is due. The live runner and
 * the simulator call these same functions, the first page by page with states kept between, the second over the whole at once.
 *
 * They come to the same decisions because nothing here depends on when it is called. The clock of a look is its due time. A key that was
 * due before an event happened is looked at before that event is applied, however late the page is read. And a look happens strictly
 * after every event up to its due time has been folded: `before` of `proposeDue` must be a time up to which (not including it) the
 * log has been read: the last event's of a page that is not the last, else how far the cursor has caught up. Looks are to be decided
 * `inOrder`, all that are due before some time before any that is due later.
 *
 * Time O(1) an event and look, beside the kind's own; n log n for the order.
 */

/** What is kept of one key between pages; plain JSON data. */
export interface Watch<State = unknown> {
  state: State
  /** When it is to be looked at if nothing happens; null: not. */
  due_at: number | null
}

/** What came of looking at one key. */
export interface Look {
  key: string
  /** The due time. */
  at: number
  proposal: Proposal | null
  near_miss: ExplanationCondition | null
  /** While an experiment runs: what some arm, not always the unit's own, would propose. For `probeExposures`; never to be decided on. */
  probe: Proposal | null
}

/** One automation as it runs: with every settings that hold for some unit. */
export interface AutomationRun {
  kind: AutomationKind
  automation: Automation
  experiment: RunningExperiment | null
  /** Automations as each arm sees them; under null as it stands. */
  byArm: ReadonlyMap<string | null, Automation>
  /** Under which name a person is assigned. Asked only while an experiment runs. */
  unitOf: (person: Person) => string
  /**
   * Hears of a key that cannot be folded or looked at, or whose proposal says something impossible: it waits no longer, until its next
   * event, and all others go on. Without it pages fail as a whole.
   */
  fault?: (key: string, error: unknown) => void
}

export function automationRun(
  kind: AutomationKind,
  automation: Automation,
  experiment: RunningExperiment | null,
  unitOf: (person: Person) => string,
): AutomationRun {
  const byArm = new Map<string | null, Automation>([[null, automation]])
  for (const { key, settings } of experiment?.arms ?? []) {
    byArm.set(
      key,
      settings === null
        ? automation
        : { ...automation, settings: kind.checkSettings({ ...automation.settings, ...settings }) },
    )
  }
  return { kind, automation, experiment, byArm, unitOf }
}

/** The automation with the settings of the unit's arm laid over its own; as it stands for a unit that takes no part, and for nobody. */
export function withArm(run: AutomationRun, person: Person | null): Automation {
  if (run.experiment === null || person === null) return run.automation
  return run.byArm.get(armOf(run.unitOf(person), run.experiment)) ?? run.automation
}

/** When a state is to be looked at: the earliest that any arm wants, since the person may yet change. */
export function dueOf(run: AutomationRun, state: unknown): number | null {
  let due = run.kind.dueAt(state, run.automation.settings)
  for (const { settings } of run.experiment === null ? [] : run.byArm.values()) {
    const other = run.kind.dueAt(state, settings)
    if (other !== null && (due === null || other < due)) due = other
  }
  return due
}

/**
 * Looks at one key at its due time and keeps what follows in `watch`. null: the unit's own arm wants it later, so it waits.
 *
 * @throws RangeError when the kind would be due again at once: it would propose twice of one state
 */
export function lookAt(run: AutomationRun, key: string, watch: Watch): Look | null {
  const at = watch.due_at
  if (at === null) return null
  const person = run.experiment === null ? null : run.kind.personOf(watch.state)
  const probe = person === null ? null : probeOf(run, watch.state, at)
  const automation = withArm(run, person)
  const own = run.kind.dueAt(watch.state, automation.settings)
  if (own === null || own > at) {
    watch.due_at = own
    return probe === null ? null : { key, at, proposal: null, near_miss: null, probe }
  }
  const { state, proposal, near_miss } = run.kind.propose(watch.state, automation, at)
  watch.state = state
  watch.due_at = dueOf(run, state)
  if (watch.due_at !== null && watch.due_at <= at) {
    throw new RangeError(
      `${run.kind.kind}: "${key}" was looked at for ${at} and is due again at ${watch.due_at}`,
    )
  }
  return { key, at, proposal, near_miss, probe }
}

/** What the first arm that would propose of this state, if nothing more happened, would propose. */
function probeOf({ kind, byArm }: AutomationRun, state: unknown, at: number): Proposal | null {
  for (const [arm, automation] of byArm) {
    const due = arm === null ? null : kind.dueAt(state, automation.settings)
    if (due === null) continue
    const { proposal } = kind.propose(structuredClone(state), automation, due)
    if (proposal !== null) return { ...proposal, at }
  }
  return null
}

/** Folds one event into the state of its key. */
export function foldEvent(run: AutomationRun, watch: Watch, event: LogEvent): void {
  watch.state = run.kind.apply(watch.state, event)
  watch.due_at = dueOf(run, watch.state)
}

/**
 * Folds a page of events into `watches`, which must hold what is kept of every key in it; a key that is missing begins anew. Answers
 * the looks that were due before an event of their own key.
 */
export function foldPage(
  run: AutomationRun,
  watches: Map<string, Watch>,
  events: Iterable<LogEvent>,
): Look[] {
  const { kind } = run
  const looks: Look[] = []
  for (const event of events) {
    const key = kind.reads.has(event.type) ? kind.keyOf(event) : null
    if (key === null) continue
    let watch = watches.get(key)
    if (watch === undefined) {
      watch = { state: kind.start(key), due_at: null }
      watches.set(key, watch)
    }
    looksBefore(run, key, watch, event.occurred_at, looks)
    try {
      foldEvent(run, watch, event)
    } catch (error) {
      giveUp(run, key, watch, error)
    }
  }
  return looks
}

/** Looks at every watch that is due before `before`. */
export function proposeDue(run: AutomationRun, watches: ReadonlyMap<string, Watch>, before: number): Look[] {
  const looks: Look[] = []
  for (const [key, watch] of watches) looksBefore(run, key, watch, before, looks)
  return looks
}

function looksBefore(run: AutomationRun, key: string, watch: Watch, before: number, looks: Look[]): void {
  try {
    while (watch.due_at !== null && watch.due_at < before) {
      const look = lookAt(run, key, watch)
      if (look === null) continue
      for (const made of [look.proposal, look.probe]) if (made !== null) checkProposal(made)
      looks.push(look)
    }
  } catch (error) {
    giveUp(run, key, watch, error)
  }
}

function giveUp({ fault }: AutomationRun, key: string, watch: Watch, error: unknown): void {
  if (fault === undefined) throw error
  watch.due_at = null
  fault(key, error)
}

/** By due time, then key: the one order in which looks are decided, live and simulated. */
export function inOrder(looks: readonly Look[]): Look[] {
  return looks.slice().sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}
