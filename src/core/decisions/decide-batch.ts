import { armOf, layersOf } from "./assign"
import { addLiability, overLiability } from "./breaker"
import { reserve } from "./budgets"
import { automationKey, liabilityKey, personKey, subjectKey, type BatchFacts } from "./facts"
import { addContact } from "./frequency"
import { automationOf, capabilityOf, expiryOf, isContact, judge } from "./guard"
import { effectiveMode, inCanary } from "./mode"
import type {
  Assignment,
  Automation,
  Capability,
  CapabilityState,
  Decided,
  GuardReason,
  Outcome,
  Person,
  Proposal,
  Verdict,
} from "./types"

/*
 * From proposals to decisions, one after the other in the order given, each seeing what the former ones took: pure but for `facts`, into
 * which keys, budgets, contacts, last acts and liability are written. The same proposals, facts and clock give the same decisions.
 *
 * Of one proposal: known key: left out. Mode off: left out, and its key stays free. Guard: blocked, or deferred where waiting helps. Outside
 * the canary, or in shadow: recorded, nothing done, and nobody is in a group, since nobody would have met a difference. Then the
 * breaker, then the holdout's layers and the experiment, then approve or act. The breaker comes before the groups because a unit that is
 * held out must leave the comparison under the same conditions as one that is not.
 *
 * Only act and approve reserve budgets and count as contacts, last acts and liability.
 */

const HOUR = 3_600_000

/** The arm of a unit outside a canary. */
export const NOT_IN_CANARY = "not_in_canary"

export interface Trip {
  capability: Capability
  reason: GuardReason
}
export interface BatchDecision {
  decided: Decided[]
  /** Capabilities that are to be moved to shadow; within the batch they have been already. */
  tripped: Trip[]
}

/**
 * @param now Unix milliseconds; "as_proposed": of each proposal its own `at`, so that it does not matter when a batch is looked at
 * @throws RangeError for a proposal that says something impossible, naming it and the field
 */
export function decideBatch(
  proposals: readonly Proposal[],
  facts: BatchFacts,
  now: number | "as_proposed",
): BatchDecision {
  const decided: Decided[] = []
  const tripped: Trip[] = []
  for (const proposal of proposals) {
    if (facts.taken.has(proposal.dedupe_key)) continue
    const at = now === "as_proposed" ? proposal.at : now
    const automation = automationOf(proposal, facts)
    const capability = capabilityIn(proposal.capability, facts, tripped, at)
    if (automation === undefined || effectiveMode(capability, automation).mode === "off") continue
    facts.taken.add(proposal.dedupe_key)
    decided.push(decideOne(proposal, facts, capability, automation, at, tripped))
  }
  return { decided, tripped }
}

/**
 * Looks again at a proposal that was deferred: the whole way once more but for its key, which is its own. What has been switched off
 * meanwhile is blocked.
 */
export function reguard(
  proposal: Proposal,
  facts: BatchFacts,
  now: number,
): { decided: Decided; tripped: Trip[] } {
  const tripped: Trip[] = []
  const automation = automationOf(proposal, facts)
  const capability = capabilityOf(proposal.capability, facts)
  return { decided: decideOne(proposal, facts, capability, automation ?? null, now, tripped), tripped }
}

function capabilityIn(
  name: Capability,
  facts: BatchFacts,
  tripped: readonly Trip[],
  at: number,
): CapabilityState {
  const state = capabilityOf(name, facts)
  return tripped.some(({ capability }) => capability === name) ? { ...state, tripped_at: at } : state
}

/** Under which name a person is assigned. */
export function unitOf(person: Person, facts: Pick<BatchFacts, "units">): string {
  const key = personKey(person)
  return facts.units.get(key) ?? key
}

function decideOne(
  proposal: Proposal,
  facts: BatchFacts,
  capability: CapabilityState,
  automation: Automation | null,
  now: number,
  tripped: Trip[],
): Decided {
  const mode = effectiveMode(capability, automation)
  const { verdict, uses } = judge(proposal, facts, now)
  const lifetime = expiryOf(proposal)
  const end = (outcome: Outcome, assignment: Assignment | null, because: Verdict = verdict): Decided => ({
    proposal,
    outcome,
    mode,
    verdict: because,
    assignment,
    deliver_after: outcome === "defer" ? (because.defer_until ?? now) : now,
    expires_at: lifetime,
    reservations: [],
  })
  if (!verdict.allowed) return end(verdict.defer_until === null ? "blocked" : "defer", null)

  const unit = proposal.person === null ? null : unitOf(proposal.person, facts)
  if (mode.mode === "canary" && !inCanary(unit ?? subjectKey(proposal.subject), capability, automation)) {
    const outside = { held_out: null, experiment_id: null, arm: NOT_IN_CANARY }
    return end("shadow", unit === null ? null : { unit, ...outside })
  }
  const assigned =
    unit === null || proposal.action.service === true ? null : assign(unit, facts, capability, automation)
  if (mode.mode === "shadow") return end("shadow", assigned?.assignment ?? null)

  const cost = proposal.expected.cost
  const key = liabilityKey(proposal.capability, cost.currency_code)
  const over = overLiability(facts.liability.get(key), facts.policy.breaker, cost, now)
  if (over !== null) {
    tripped.push({ capability: proposal.capability, reason: over })
    return end("breaker", null, { allowed: false, reasons: [over], defer_until: null })
  }
  if (assigned !== null && assigned.kept) return end("held_out", assigned.assignment)

  const reservations = reserve(uses, facts.used)
  if (isContact(proposal) && proposal.person !== null) {
    addContact(facts.contacts, personKey(proposal.person), now)
  }
  if (automation !== null) facts.last_acts.set(automationKey(automation.id, proposal.subject), now)
  if (cost.amount > 0) {
    let liability = facts.liability.get(key)
    if (liability === undefined) {
      liability = { minutes: [], normal_minute: 0, normal_hour: 0 }
      facts.liability.set(key, liability)
    }
    addLiability(liability, cost.amount, now)
  }
  const outcome = mode.mode === "approve" ? "approve" : "act"
  const decided = end(outcome, assigned?.assignment ?? null)
  decided.reservations = reservations
  if (outcome === "approve") {
    decided.expires_at = Math.min(lifetime, now + facts.policy.approval_hours * HOUR)
  }
  return decided
}

/** Where the unit stands; `kept`: nothing is done for it, by a layer or by an arm that is off. */
function assign(
  unit: string,
  facts: BatchFacts,
  capability: CapabilityState,
  automation: Automation | null,
): { assignment: Assignment; kept: boolean } {
  const held_out = layersOf({ unit, policy: facts.policy, capability, automation })
  const none = { unit, held_out, experiment_id: null, arm: null }
  if (held_out !== null) return { assignment: none, kept: true }
  const experiment = automation === null ? undefined : facts.experiments.get(automation.id)
  const arm = experiment === undefined ? null : armOf(unit, experiment)
  if (experiment === undefined || arm === null) return { assignment: none, kept: false }
  const off = experiment.arms.some(({ key, off }) => off && key === arm)
  return { assignment: { unit, held_out: null, experiment_id: experiment.id, arm }, kept: off }
}
