import type { MedusaContainer } from "@medusajs/framework/types"
import { decideLight, type Exposure, type LightDecision, type RunningExperiment } from "../../core/decisions"
import type { Placement } from "../../core/recommendations"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { StoredPlacement } from "../../modules/recommendations"
import { unitOf } from "../decisions/experiments/unit-of"
import type { ShopperInput } from "./shelf-input"

/** What was decided about one shelf before it is filled. */
export interface ShelfDecision {
  /** With the settings of the unit's arm over its own, where an experiment runs on it. */
  placement: StoredPlacement
  /** Whether it is ranked at all; one that is kept back is, so that it is known whether it would have shown something. */
  ranked: boolean
  show: boolean
  /** Kept from a control group. */
  held_out: boolean
  /** What keeps it back; null: nothing. */
  layer: "global" | "capability" | "experiment" | "shadow" | "canary" | null
  /** An experiment runs on the placement. */
  in_experiment: boolean
  experiment_id: string | null
  arm_key: string | null
  exposures: readonly Exposure[]
  measured: boolean
}

/**
 * Shelves are light decisions: a hash a layer for the page, another for each placement on which an experiment runs. An admin's look
 * (`explain`) is never held out, and tells of the placement as it stands.
 */
export async function decideShelves(
  container: MedusaContainer,
  placements: readonly StoredPlacement[],
  shopper: ShopperInput,
): Promise<ShelfDecision[]> {
  if (shopper.explain) return placements.map(asItStands)
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const [unit, snapshot] = await Promise.all([
    unitOf(container, shopper, shopper.now),
    switchboard.snapshot(shopper.now),
  ])
  const running = new Map(
    snapshot.experiments
      .filter(({ target }) => target.type === "placement")
      .map((experiment) => [experiment.target.id, experiment]),
  )
  const page = decideLight({ unit, capability: "recommendations", snapshot })
  return placements.map((placement) => {
    const experiment = running.get(placement.handle) ?? null
    const decided = experiment
      ? decideLight({ unit, capability: "recommendations", snapshot, experiment })
      : page
    return shelfDecision(placement, decided, experiment, unit !== null)
  })
}

function asItStands(placement: StoredPlacement): ShelfDecision {
  return {
    placement,
    ranked: true,
    show: true,
    held_out: false,
    layer: null,
    in_experiment: false,
    experiment_id: null,
    arm_key: null,
    exposures: [],
    measured: false,
  }
}

function shelfDecision(
  placement: StoredPlacement,
  { show, reason, held_out, arm, exposures }: LightDecision,
  experiment: RunningExperiment | null,
  measured: boolean,
): ShelfDecision {
  const inArm = arm === null || experiment === null ? null : { experiment_id: experiment.id, arm_key: arm }
  const settings = inArm && experiment!.arms.find(({ key }) => key === arm)?.settings
  return {
    placement: settings ? overlaid(placement, `${inArm.experiment_id}|${arm}`, settings) : placement,
    ranked: reason !== "kill_switch" && reason !== "mode_off",
    show,
    held_out: reason === "held_out",
    layer: layerOf(reason, held_out),
    in_experiment: experiment !== null,
    experiment_id: inArm?.experiment_id ?? null,
    arm_key: inArm?.arm_key ?? null,
    exposures,
    measured,
  }
}

function layerOf(
  reason: LightDecision["reason"],
  held_out: LightDecision["held_out"],
): ShelfDecision["layer"] {
  if (reason === "shadow") return "shadow"
  if (reason === "not_in_canary") return "canary"
  if (reason !== "held_out") return null
  // The arm of an experiment that is off keeps it back too.
  return held_out === "global" || held_out === "capability" ? held_out : "experiment"
}

/** The same object for the same placement and arm, so that what was compiled from it holds. */
const arms = new WeakMap<StoredPlacement, Map<string, StoredPlacement>>()

function overlaid(
  placement: StoredPlacement,
  arm: string,
  settings: Record<string, unknown>,
): StoredPlacement {
  const known = arms.get(placement) ?? new Map<string, StoredPlacement>()
  arms.set(placement, known)
  const made = known.get(arm) ?? {
    ...placement,
    settings: { ...placement.settings, ...(settings as Partial<Placement>) },
  }
  known.set(arm, made)
  return made
}
