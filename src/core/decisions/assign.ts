import { createHash } from "node:crypto"
import type { RunningExperiment } from "./facts"
import type { Automation, CapabilityState, GuardPolicy, HoldoutLayer } from "./types"

/*
 * Who is in which group: a pure function of the unit's name and the experiment's, so that every process, the simulator and an
 * analyst with the tables alone come to the same answer, and nothing has to be stored to keep it.
 *
 * `positionOf` is SHA-256 (FIPS 180-4) of salt, a zero byte and unit, cut to 53 bits: the positions of a unit under two salts are as
 * good as independent, so that one layer's groups are spread evenly over another's (Tang et al. 2010, overlapping experiments).
 * About 2 µs.
 *
 * An arm is chosen by weighted rendezvous (Thaler and Ravishankar 1998; with weights Schindelhauer and Schomaker 2005): every arm
 * draws -ln(u) / weight from its own hash and the smallest wins, which an arm of weight w does with probability w / sum of weights (the
 * race of exponentials). When one weight grows, only its own draw changes: units move to this arm and none between the others, the
 * fewest that can move. Cumulative ranges over one hash would shift every boundary behind the arm and move units between arms whose
 * weights stood still.
 */

const ZERO = "\u0000"

/** From 0 up to, not including, 1. The salt may hold no zero character. */
export function positionOf(unit: string, salt: string): number {
  const digest = createHash("sha256").update(`${salt}${ZERO}${unit}`).digest()
  return (digest.readUInt32BE(0) * 2_097_152 + (digest.readUInt32BE(4) >>> 11)) / 9_007_199_254_740_992
}

/**
 * The key of the unit's arm; null: it takes no part. Who takes part and who is in which arm are separate draws, so that more
 * traffic moves nobody between arms.
 *
 * @throws RangeError when no arm has a weight, or one is negative
 */
export function armOf(unit: string, experiment: RunningExperiment): string | null {
  const { id, traffic, arms } = experiment
  if (traffic < 1 && positionOf(unit, `${id}:traffic`) >= traffic) return null
  let best: string | null = null
  let smallest = Infinity
  for (const { key, weight } of arms) {
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`experiment ${id}: the weight of arm "${key}" must be 0 or more, got ${weight}`)
    }
    if (weight === 0) continue
    // Half a step up: 0 has no logarithm.
    const draw = -Math.log(positionOf(unit, `${id}:arm:${key}`) + 2 ** -54) / weight
    if (draw < smallest) {
      smallest = draw
      best = key
    }
  }
  if (best === null) throw new RangeError(`experiment ${id}: at least one arm needs a weight above 0`)
  return best
}

/** The experiment with which the layer's groups are recorded and compared; also its salt. */
export function layerId(layer: HoldoutLayer, capability: string, automation_id?: string): string {
  if (layer === "global") return "global"
  return layer === "capability" ? `capability:${capability}` : `automation:${automation_id}`
}

/**
 * The first layer that holds the unit out: the store's, within the rest the capability's, then the automation's. A unit is held out
 * when its position lies below the share, so that a larger share only adds units.
 */
export function layersOf({
  unit,
  policy,
  capability,
  automation,
}: {
  unit: string
  policy: Pick<GuardPolicy, "global_holdout">
  capability: CapabilityState
  automation: Automation | null
}): HoldoutLayer | null {
  const heldOut = (layer: HoldoutLayer, share: number) =>
    share > 0 && positionOf(unit, `holdout:${layerId(layer, capability.capability, automation?.id)}`) < share
  if (heldOut("global", policy.global_holdout)) return "global"
  if (heldOut("capability", capability.holdout)) return "capability"
  if (automation !== null && heldOut("automation", automation.holdout)) return "automation"
  return null
}
