import { automationRun, foldEvent, lookAt, type AutomationRun, type Look, type Watch } from "./runner"
import type { AutomationKind } from "./automation-kind"
import { decideBatch, reguard, unitOf, type Trip } from "./decide-batch"
import { DueHeap } from "./due-heap"
import type { EventSequence } from "./event-columns"
import type { BatchFacts } from "./facts"
import { purchasesIn } from "./purchases"
import { SimulationTally, type SimulatedOutcome } from "./simulation-tally"
import type { LogEvent } from "../signals"
import type { Automation, Capability, CapabilityState, Proposal } from "./types"

/*
 * Runs one automation, in one or two versions, over a past log: the same folds, looks and decisions as live (runner.ts), one after the
 * other in the order of their due times, with facts in memory and nothing written. What the guard deferred is looked at again when it
 * said, as the delivery worker would.
 *
 * Events before `from` are folded and decided on too, uncounted, so that carts, cooldowns, caps and budgets stand at `from` as they would
 * have; events from `to` on only say who bought. A breaker that trips stays tripped.
 *
 * Time O(n log n) of the events, memory O(keys). Both versions see each event once.
 */

export interface SimulationOptions {
  kind: AutomationKind
  /** One or two. What a version's mode and holdout are is what is simulated: "as if switched on" is for the caller to say. */
  versions: readonly { label: string | null; automation: Automation }[]
  /** By occurred_at, then id. */
  events: EventSequence
  /**
   * Called once a version, and changed by it. `taken` must be empty, or all that has really been done is left out; of `automations`
   * the version takes its own place.
   */
  facts: () => BatchFacts
  from: number
  to: number
  /** Events read so far. */
  onProgress?: (done: number) => void
}

const PROGRESS_EVERY = 8_192

/** @throws RangeError when the versions are not one or two, or events are out of order */
export function simulateAutomation(options: SimulationOptions): SimulatedOutcome[] {
  const { kind, versions, events, from, to, onProgress } = options
  if (versions.length < 1 || versions.length > 2) {
    throw new RangeError(`simulate: one or two versions are compared, got ${versions.length}`)
  }
  if (!(from < to)) throw new RangeError(`simulate: "from" must lie before "to", got ${from} and ${to}`)
  const purchases = purchasesIn(events)
  const rehearsals = versions.map(({ label, automation }) => {
    const facts = options.facts()
    const tally = new SimulationTally(label, purchases, facts.policy.time_zone, from, to)
    return new Rehearsal(kind, automation, facts, tally, from)
  })
  let last = -Infinity
  for (let i = 0; i < events.length; i++) {
    if (i % PROGRESS_EVERY === 0) onProgress?.(i)
    const at = events.timeAt(i)
    if (at >= to) break
    if (at < last)
      throw new RangeError(`simulate: events must be in order of time, row ${i} is before its former`)
    last = at
    if (!kind.reads.has(events.typeAt(i))) continue
    const event = events.at(i)
    const key = kind.keyOf(event)
    if (key === null) continue
    for (const rehearsal of rehearsals) {
      rehearsal.runBefore(at)
      rehearsal.fold(key, event)
    }
  }
  for (const rehearsal of rehearsals) rehearsal.runBefore(to)
  onProgress?.(events.length)
  return rehearsals.map((rehearsal) => rehearsal.finish())
}

/** One version in progress. */
class Rehearsal {
  private readonly run: AutomationRun
  private readonly facts: BatchFacts
  private readonly capabilities: Map<Capability, CapabilityState>
  private readonly watches = new Map<string, Watch>()
  private readonly due = new DueHeap()
  /** By dedupe key, with the key that it was proposed of. */
  private readonly deferred = new Map<string, { key: string; proposal: Proposal }>()
  private readonly again = new DueHeap()

  constructor(
    kind: AutomationKind,
    automation: Automation,
    facts: BatchFacts,
    private readonly tally: SimulationTally,
    private readonly from: number,
  ) {
    this.capabilities = new Map(facts.capabilities)
    this.facts = {
      ...facts,
      capabilities: this.capabilities,
      automations: new Map([[automation.id, automation]]),
    }
    const experiment = facts.experiments.get(automation.id) ?? null
    this.run = automationRun(kind, automation, experiment, (person) => unitOf(person, facts))
  }

  fold(key: string, event: LogEvent): void {
    let watch = this.watches.get(key)
    if (watch === undefined) {
      watch = { state: this.run.kind.start(key), due_at: null }
      this.watches.set(key, watch)
    }
    const before = watch.due_at
    foldEvent(this.run, watch, event)
    if (watch.due_at !== null && watch.due_at !== before) this.due.push(watch.due_at, key)
  }

  /** Everything that falls due before `before`, in order of time. */
  runBefore(before: number): void {
    for (;;) {
      if (this.again.firstTime < before && this.again.firstTime <= this.due.firstTime) this.lookAgain()
      else if (this.due.firstTime < before) this.look()
      else return
    }
  }

  private look(): void {
    const { firstTime: at, firstKey: key } = this.due
    this.due.pop()
    const watch = this.watches.get(key)
    if (watch === undefined || watch.due_at !== at) return
    const look = lookAt(this.run, key, watch)
    if (watch.due_at !== null) this.due.push(watch.due_at, key)
    if (look !== null) this.decide(look)
  }

  private decide({ key, at, proposal, near_miss }: Look): void {
    const counted = at >= this.from
    if (proposal === null) {
      if (near_miss !== null && counted) this.tally.miss(key, near_miss)
      return
    }
    if (counted) this.tally.proposal(key)
    const { decided, tripped } = decideBatch([proposal], this.facts, "as_proposed")
    this.trip(tripped, at)
    for (const one of decided) {
      if (counted) this.tally.decided(one, at)
      if (one.outcome === "defer") this.defer(key, proposal, one.deliver_after)
    }
  }

  private defer(key: string, proposal: Proposal, until: number): void {
    this.deferred.set(proposal.dedupe_key, { key, proposal })
    this.again.push(until, proposal.dedupe_key)
  }

  private lookAgain(): void {
    const { firstTime: at, firstKey: dedupe_key } = this.again
    this.again.pop()
    const waiting = this.deferred.get(dedupe_key)
    if (waiting === undefined) return
    this.deferred.delete(dedupe_key)
    const { key, proposal } = waiting
    const state = this.watches.get(key)?.state
    if (state === undefined || !this.run.kind.stillWanted(state, proposal)) return
    const { decided, tripped } = reguard(proposal, this.facts, at)
    this.trip(tripped, at)
    if (decided.outcome === "defer") this.defer(key, proposal, decided.deliver_after)
    else if (at >= this.from) this.tally.lookedAgain(decided, at)
  }

  private trip(tripped: readonly Trip[], at: number): void {
    for (const { capability } of tripped) {
      const state = this.capabilities.get(capability)
      if (state !== undefined) this.capabilities.set(capability, { ...state, tripped_at: at })
    }
  }

  finish(): SimulatedOutcome {
    return this.tally.finish((key) => this.run.kind.subjectOf(key))
  }
}
