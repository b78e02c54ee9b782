import type { MedusaContainer } from "@medusajs/framework/types"
import { CAPABILITIES } from "../../../../core/decisions"
import type { CapabilityRow } from "../../../../modules/decisions/switchboard"
import type { KillSwitchAnswer } from "../../../../types/http/decisions"
import { isoTime, moneyAnswer } from "../../../../workflows/decisions/explain"
import { promisesPort, type PromiseKind } from "../../../../workflows/decisions/ports"
import { decisionsOf } from "../decisions/answering"

export async function killSwitch(container: MedusaContainer): Promise<KillSwitchAnswer["kill_switch"]> {
  const [{ rows }, offers, prices] = await Promise.all([
    decisionsOf(container).switchboard.fresh(),
    liveOf(container, "offers"),
    liveOf(container, "prices"),
  ])
  return {
    store: stateOf(rows.get("store")!),
    capabilities: CAPABILITIES.map((capability) => ({ capability, ...stateOf(rows.get(capability)!) })),
    live: { offers, prices },
  }
}

function stateOf({ killed_at, killed_by, kill_reason }: CapabilityRow) {
  return { killed: killed_at !== null, at: isoTime(killed_at), by: killed_by, reason: kill_reason }
}

async function liveOf(container: MedusaContainer, what: PromiseKind) {
  const port = promisesPort(what)
  if (!port) return { available: false, count: 0, amounts: [] }
  const { count, amounts } = await port.count(container)
  return { available: true, count, amounts: amounts.map(moneyAnswer) }
}
