import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { HoldReport } from "../../modules/decisions/holds"

export type { HoldReport }

/**
 * Reports that a complaint, return or risk case about somebody is open: nothing but service reaches its subject until it is closed.
 * Reporting it twice is reporting it once.
 */
export async function openHold(
  container: MedusaContainer,
  hold: HoldReport,
  now = Date.now(),
): Promise<void> {
  await container.resolve<DecisionsModuleService>(DECISIONS_MODULE).holds.open(hold, new Date(now))
}

/** Reports that it is closed. Returns whether it was open. */
export function closeHold(
  container: MedusaContainer,
  { kind, reference }: Pick<HoldReport, "kind" | "reference">,
  now = Date.now(),
): Promise<boolean> {
  const { holds } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  return holds.close(kind, reference, new Date(now))
}
