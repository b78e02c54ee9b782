import { armOf, layerId, layersOf } from "./assign"
import type { Exposure } from "./exposures"
import type { BatchFacts, RunningExperiment } from "./facts"
import { effectiveMode, inCanary } from "./mode"
import type { Capability, HoldoutLayer, ModeName } from "./types"

export interface LightDecision {
  /** Whether the unit is shown what the capability has. */
  show: boolean
  mode: ModeName
  reason: null | "kill_switch" | "mode_off" | "shadow" | "not_in_canary" | "held_out"
  held_out: HoldoutLayer | null
  /** Of the experiment; null: none, or the unit takes no part. */
  arm: string | null
  exposures: Exposure[]
}

/**
 * The decision on something shown with an answer, such as a shelf: no row, no guard beyond switch and mode, the same groups as every
 * other decision and exposed by the same rule (see exposures.ts). Nobody can approve a shelf in time: approve is shadow here. Somebody
 * without a name (`unit` null) is in no group and outside every canary.
 *
 * Cost: a hash for each layer with a share, one for a canary, one for each arm: some 10 µs.
 */
export function decideLight({
  unit,
  capability: name,
  snapshot,
  experiment = null,
}: {
  unit: string | null
  capability: Capability
  snapshot: Pick<BatchFacts, "store_killed" | "policy" | "capabilities">
  experiment?: RunningExperiment | null
}): LightDecision {
  const capability = snapshot.capabilities.get(name)
  if (capability === undefined) throw new RangeError(`light decision: the snapshot lacks "${name}"`)
  const { mode } = effectiveMode(capability, null)
  const not = (reason: LightDecision["reason"]): LightDecision => ({
    show: false,
    mode,
    reason,
    held_out: null,
    arm: null,
    exposures: [],
  })
  if (snapshot.store_killed || capability.killed) return not("kill_switch")
  if (mode === "off") return not("mode_off")
  if (mode === "shadow" || mode === "approve") return not("shadow")
  if (mode === "canary" && (unit === null || !inCanary(unit, capability, null))) return not("not_in_canary")
  const shown: LightDecision = { show: true, mode, reason: null, held_out: null, arm: null, exposures: [] }
  if (unit === null) return shown

  const held_out = layersOf({ unit, policy: snapshot.policy, capability, automation: null })
  const { exposures } = shown
  if (snapshot.policy.global_holdout > 0) {
    exposures.push({
      experiment_id: layerId("global", name),
      unit,
      arm: held_out === "global" ? "held_out" : "treated",
    })
  }
  if (held_out !== "global" && capability.holdout > 0) {
    exposures.push({
      experiment_id: layerId("capability", name),
      unit,
      arm: held_out === null ? "treated" : "held_out",
    })
  }
  if (held_out !== null) return { ...shown, show: false, reason: "held_out", held_out }
  if (experiment !== null) {
    shown.arm = armOf(unit, experiment)
    if (shown.arm !== null) {
      exposures.push({ experiment_id: experiment.id, unit, arm: shown.arm })
      if (experiment.arms.some(({ key, off }) => off && key === shown.arm)) {
        shown.show = false
        shown.reason = "held_out"
      }
    }
  }
  return shown
}
