/**
 * Control groups of the store of a spec. They are on as in every store, at 5 %: a spec that wants shelves for whoever asks sets them to 0.
 *
 *   setHoldouts(container, { global: 0, recommendations: 0 })
 */
import type { MedusaContainer } from "@medusajs/framework/types"
import type { DecisionsModuleService } from "../../src/modules/decisions"

export async function setHoldouts(
  container: MedusaContainer,
  shares: { global: number; recommendations: number },
): Promise<void> {
  const { switchboard } = container.resolve<DecisionsModuleService>("marketing_decisions")
  await switchboard.setGuard({ global_holdout: shares.global }, "system")
  const { version } = (await switchboard.fresh()).rows.get("recommendations")!
  await switchboard.setCapability("recommendations", { holdout: shares.recommendations }, version, "system")
}

export function showToEverybody(container: MedusaContainer): Promise<void> {
  return setHoldouts(container, { global: 0, recommendations: 0 })
}
