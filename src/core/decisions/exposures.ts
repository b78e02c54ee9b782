import { armOf, layerId, layersOf } from "./assign"
import { unitOf } from "./decide-batch"
import type { BatchFacts } from "./facts"
import { automationOf, capabilityOf, judge } from "./guard"
import { effectiveMode, inCanary } from "./mode"
import type { Look } from "./runner"
import type { Decided, Proposal } from "./types"

/*
 * Which comparison a decision puts its unit into, so that every one of them stays unbiased.
 *
 * A layer compares units by its own hash alone; what a unit met may depend on nothing that the hash changed (intention to treat). So a
 * unit enters a layer at the first proposal that would have been acted on but for this layer and those below it: it passed the guard,
 * the mode acts, it is inside the canary, the breaker held. All of that is decided before the groups and looks at nobody's group.
 *
 *   global      all such units: "held_out" by the global layer, else "treated", also when a deeper layer or an arm that is off then
 *               keeps it back. The store's gain is that of the policy as it runs, deeper control groups included, and a unit that is held
 *               out by the global layer would have fallen into them as often.
 *   capability  the same within the units that the global layer lets through; those it holds out are in neither group, because they met
 *               nothing of it whatever the capability's hash says.
 *   automation  the same within those that both let through.
 *   experiment  the same within those that all layers let through and that take part: their arm, also the one that is off.
 *
 * An experiment whose arms differ in when they propose (a lower minimum, fewer minutes) needs more: the units that arm b alerts on and
 * the control would not are exposed in b only, and groups of different kinds of units would be compared. So a unit is exposed as soon as
 * any arm would propose, in its own arm, whether that does or not (counterfactual triggering: Deng and Hu 2015; Kohavi, Tang and Xu
 * 2020, chapter 20). The runner says so with a `probe`: the first arm's proposal that would come of the same state if nothing more
 * happened. It depends on the state alone, which no arm has touched yet. Units that turn out to have met no difference dilute every arm alike.
 *
 * Exposing a capability's held-out unit as held out in "global" would count deeper control groups as the store's: the global groups
 * would no longer be split by the global hash, and the plugin's gain would be measured between mixtures. Leaving it out of "global"
 * would be unbiased too, but answer for the treated units alone and lose a share of them.
 *
 * Once a unit has been treated, its later proposals are not free of the groups (caps, cooldowns); therefore only the first exposure
 * counts, and the table keeps that one. Approvals expose when decided: a person's yes or no is part of the treatment. Deferred
 * proposals expose when they are looked at again and pass. Shadow, blocked, breaker, service and proposals about nobody: none. A layer
 * whose share is 0 has no control to compare with: none.
 */

export interface Exposure {
  /** "global", "capability:offers", "automation:mauto_1", or the experiment's id. */
  experiment_id: string
  unit: string
  /** "treated", "held_out", or the arm's key. */
  arm: string
}

/** The layers' shares. `BatchFacts` and the switchboard's snapshot are such. */
export type LayerShares = Pick<BatchFacts, "policy" | "capabilities" | "automations">

export function exposuresOf(decided: Decided, shares: LayerShares): Exposure[] {
  const { outcome, assignment, proposal } = decided
  if (assignment === null || (outcome !== "act" && outcome !== "approve" && outcome !== "held_out")) return []
  const { unit, held_out, experiment_id, arm } = assignment
  const { capability, automation_id } = proposal
  const exposures: Exposure[] = []
  const layers = [
    ["global", shares.policy.global_holdout],
    ["capability", shares.capabilities.get(capability)?.holdout ?? 0],
    ["automation", automation_id === undefined ? 0 : (shares.automations.get(automation_id)?.holdout ?? 0)],
  ] as const
  for (const [layer, share] of layers) {
    const here = held_out === layer
    if (share > 0) {
      const id = layerId(layer, capability, automation_id)
      exposures.push({ experiment_id: id, unit, arm: here ? "held_out" : "treated" })
    }
    if (here) return exposures
  }
  if (experiment_id !== null && arm !== null) exposures.push({ experiment_id, unit, arm })
  return exposures
}

/**
 * Exposures to the experiments on automations, of units for which some arm would have proposed. To be asked of the same facts before
 * `decideBatch` has changed them, and recorded beside those of the decisions; the table keeps the first of a unit.
 *
 * @param now as of `decideBatch`
 */
export function probeExposures(
  looks: readonly Pick<Look, "probe">[],
  facts: BatchFacts,
  now: number | "as_proposed",
): Exposure[] {
  return looks.flatMap(({ probe }) =>
    probe === null ? [] : (probed(probe, facts, now === "as_proposed" ? probe.at : now) ?? []),
  )
}

function probed(probe: Proposal, facts: BatchFacts, now: number): Exposure | null {
  const automation = automationOf(probe, facts)
  const experiment = automation == null ? undefined : facts.experiments.get(automation.id)
  if (automation == null || experiment === undefined) return null
  if (probe.person === null || probe.action.service === true) return null
  const capability = capabilityOf(probe.capability, facts)
  const unit = unitOf(probe.person, facts)
  const { mode } = effectiveMode(capability, automation)
  if (mode === "off" || mode === "shadow") return null
  if (mode === "canary" && !inCanary(unit, capability, automation)) return null
  const { verdict } = judge(probe, facts, now)
  // What is deferred may yet be done, in some arms sooner than in others.
  if (!verdict.allowed && verdict.defer_until === null) return null
  if (layersOf({ unit, policy: facts.policy, capability, automation }) !== null) return null
  const arm = armOf(unit, experiment)
  return arm === null ? null : { experiment_id: experiment.id, unit, arm }
}
