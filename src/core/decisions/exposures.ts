import { layerId } from "./assign"
import type { BatchFacts } from "./facts"
import type { Decided } from "./types"

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
