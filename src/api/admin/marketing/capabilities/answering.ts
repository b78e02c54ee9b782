import type { MedusaContainer } from "@medusajs/framework/types"
import { CAPABILITIES, MODES, type Capability, type ModeName } from "../../../../core/decisions"
import type { CapabilityRow } from "../../../../modules/decisions/switchboard"
import type { CapabilityStateAnswer } from "../../../../types/http/decisions"
import { isoTime, reasonAnswer } from "../../../../workflows/decisions/explain"
import { AUTOMATION_KINDS } from "../../../../workflows/decisions/kinds"
import { decisionsOf } from "../decisions/answering"

/** A shelf is answered while somebody waits: nobody can approve it first. */
export function modesOf(capability: Capability): ModeName[] {
  return MODES.filter((mode) => capability !== "recommendations" || mode !== "approve")
}

function available(capability: Capability): boolean {
  if (capability === "recommendations") return true
  return [...AUTOMATION_KINDS.values()].some((kind) => kind.capability === capability)
}

export async function capabilityStates(container: MedusaContainer): Promise<CapabilityStateAnswer[]> {
  const { rows } = await decisionsOf(container).switchboard.fresh()
  return CAPABILITIES.map((capability) => stateOf(capability, rows.get(capability)!))
}

function stateOf(capability: Capability, row: CapabilityRow): CapabilityStateAnswer {
  const { mode, canary_percent, holdout, killed_at, tripped_at, trip_reason, version } = row
  return {
    capability,
    available: available(capability),
    mode,
    modes: modesOf(capability),
    canary_percent,
    holdout,
    killed: killed_at !== null,
    tripped:
      tripped_at === null || trip_reason === null
        ? null
        : { at: isoTime(tripped_at)!, reason: reasonAnswer(trip_reason) },
    version,
  }
}
