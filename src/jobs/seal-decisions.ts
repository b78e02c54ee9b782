import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../modules/decisions"

/** One hash a batch, each holding the one before: what was decided cannot be changed unseen. */
export default async function sealDecisions(container: MedusaContainer): Promise<void> {
  await container.resolve<DecisionsModuleService>(DECISIONS_MODULE).seals.seal(Date.now())
}

export const config = { name: "marketing-seal-decisions", schedule: "*/5 * * * *" }
