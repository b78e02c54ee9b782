import { positionOf } from "./assign"
import type { Automation, CapabilityState, Mode, ModeName } from "./types"

/** From nothing at all to everything. */
const RANK: Readonly<Record<ModeName, number>> = { off: 0, shadow: 1, approve: 2, canary: 3, on: 4 }
const SHADOW: Mode = { mode: "shadow", percent: 0 }

/** Of two canaries the smaller; of equal ones the first. */
export function stricter(a: Mode, b: Mode): Mode {
  if (a.mode === "canary" && b.mode === "canary") return b.percent < a.percent ? b : a
  return RANK[b.mode] < RANK[a.mode] ? b : a
}

/** What holds: the stricter of the capability's and the automation's, at most shadow while a breaker has tripped. */
export function effectiveMode(
  capability: CapabilityState,
  automation: Pick<Automation, "mode"> | null,
): Mode {
  const own = capability.tripped_at === null ? capability.mode : stricter(capability.mode, SHADOW)
  return automation === null ? own : stricter(own, automation.mode)
}

/**
 * Whether a unit is within the canary that holds. The capability's own canary is the same units for all its automations; an
 * automation's is drawn for itself. A larger percentage only adds units.
 */
export function inCanary(
  unit: string,
  capability: CapabilityState,
  automation: Pick<Automation, "id" | "mode"> | null,
): boolean {
  const { mode: own } = capability
  const other = automation?.mode
  const byCapability = own.mode === "canary" && (other?.mode !== "canary" || own.percent <= other.percent)
  const name = byCapability || automation === null ? capability.capability : automation.id
  return positionOf(unit, `canary:${name}`) < effectiveMode(capability, automation).percent / 100
}
