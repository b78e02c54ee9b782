import { subjectKey } from "./facts"
import { dateAt } from "./local-time"
import { sumByCurrency } from "./money"
import { boughtAfter, type Purchases } from "./purchases"
import type {
  Decided,
  Explanation,
  ExplanationCondition,
  Money,
  Outcome,
  Proposal,
  Subject,
  Verdict,
} from "./types"

const DAY = 86_400_000
const MOST_SAMPLES = 20
const MOST_MISSES = 10

type Counts = Partial<Record<Outcome, number>>

/** What one version would have done. Money in minor units. */
export interface SimulatedOutcome {
  label: string | null
  /** Proposals, before the guard; the sum of `counts` and of those that a mode of off leaves out. */
  proposed: number
  /** By outcome when first decided, as the decision log would say it. */
  counts: Counts
  /**
   * Distinct subjects of what would have been done: acted on or put before a person, at once or when looked at again after the
   * guard deferred it. So are value, cost and bought_anyway.
   */
  subjects: number
  expected_value: Money[]
  cost: Money[]
  bought_anyway: number
  /** How often each reason of the guard stood against a proposal when it was first decided. */
  stopped: Record<string, number>
  /** Every day of the span, in the store's time zone. */
  days: { day: string; counts: Counts }[]
  /** The newest, newest first. */
  samples: {
    subject: Subject
    at: number
    outcome: Outcome
    explanation: Explanation
    verdict: Verdict
    bought_anyway: boolean
  }[]
  /** Closest first, of subjects that were never proposed. */
  nearest_misses: { subject: Subject; condition: ExplanationCondition }[]
}

/** Counts what one version of an automation does. */
export class SimulationTally {
  private proposed = 0
  private readonly counts: Counts = {}
  private readonly subjects = new Set<string>()
  private readonly values: Money[] = []
  private readonly costs: Money[] = []
  private boughtAnyway = 0
  private readonly stopped: Record<string, number> = {}
  private readonly days = new Map<string, Counts>()
  private readonly samples: SimulatedOutcome["samples"] = []
  private readonly misses = new Map<string, { condition: ExplanationCondition; distance: number }>()
  private readonly proposedKeys = new Set<string>()

  constructor(
    private readonly label: string | null,
    private readonly purchases: Purchases,
    private readonly time_zone: string,
    from: number,
    to: number,
  ) {
    // By half days, so that the day of 23 hours is not stepped over.
    for (let at = from; at < to; at += DAY / 2) this.countsOf(at)
    if (to > from) this.countsOf(to - 1)
  }

  private countsOf(at: number): Counts {
    const day = dateAt(at, this.time_zone)
    let counts = this.days.get(day)
    if (counts === undefined) this.days.set(day, (counts = {}))
    return counts
  }

  miss(key: string, condition: ExplanationCondition): void {
    const distance = distanceOf(condition)
    const known = this.misses.get(key)
    if (known === undefined || distance < known.distance) this.misses.set(key, { condition, distance })
  }

  proposal(key: string): void {
    this.proposed++
    this.proposedKeys.add(key)
  }

  decided(decided: Decided, at: number): void {
    const { outcome, proposal, verdict } = decided
    this.counts[outcome] = (this.counts[outcome] ?? 0) + 1
    const day = this.countsOf(at)
    day[outcome] = (day[outcome] ?? 0) + 1
    if (outcome === "blocked" || outcome === "defer") {
      for (const code of new Set(verdict.reasons.map((reason) => reason.code))) {
        this.stopped[code] = (this.stopped[code] ?? 0) + 1
      }
    }
    const bought = boughtAfter(proposal, at, this.purchases)
    if (done(outcome)) this.act(proposal, bought)
    this.samples.push({
      subject: proposal.subject,
      at,
      outcome,
      explanation: proposal.explanation,
      verdict,
      bought_anyway: bought,
    })
    if (this.samples.length > 4 * MOST_SAMPLES) {
      this.samples.splice(0, this.samples.length - MOST_SAMPLES)
    }
  }

  /** What came of a deferred proposal when it was looked at again. */
  lookedAgain({ outcome, proposal }: Decided, at: number): void {
    if (done(outcome)) this.act(proposal, boughtAfter(proposal, at, this.purchases))
  }

  private act({ subject, expected }: Proposal, bought: boolean): void {
    this.subjects.add(subjectKey(subject))
    this.values.push(expected.value)
    this.costs.push(expected.cost)
    if (bought) this.boughtAnyway++
  }

  finish(subjectOf: (key: string) => Subject): SimulatedOutcome {
    const nearest = Array.from(this.misses)
      .filter(([key]) => !this.proposedKeys.has(key))
      .sort(([a, { distance: near }], [b, { distance: far }]) => near - far || (a < b ? -1 : 1))
      .slice(0, MOST_MISSES)
    return {
      label: this.label,
      proposed: this.proposed,
      counts: this.counts,
      subjects: this.subjects.size,
      expected_value: sumByCurrency(this.values),
      cost: sumByCurrency(this.costs),
      bought_anyway: this.boughtAnyway,
      stopped: this.stopped,
      days: Array.from(this.days, ([day, counts]) => ({ day, counts })),
      samples: this.samples.slice(-MOST_SAMPLES).reverse(),
      nearest_misses: nearest.map(([key, { condition }]) => ({ subject: subjectOf(key), condition })),
    }
  }
}

function done(outcome: Outcome): boolean {
  return outcome === "act" || outcome === "approve"
}

/** How far a condition was from holding, relative to what it needed; Infinity where that is no number. */
function distanceOf({ value, threshold }: ExplanationCondition): number {
  if (typeof value !== "number" || typeof threshold !== "number") return Infinity
  return Math.abs(threshold - value) / Math.max(1, Math.abs(threshold))
}
