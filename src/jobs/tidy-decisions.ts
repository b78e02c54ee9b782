import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../modules/decisions"

/** Forgets what no decision is held against any more, and what is over for long. Twice does no harm. */
export default async function tidyDecisions(container: MedusaContainer): Promise<void> {
  const { watches, recorder, retention } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  await watches.prune(Date.now())
  await recorder.pruneLiability(Date.now())
  await retention.tidy(Date.now())
}

export const config = { name: "marketing-tidy-decisions", schedule: "25 2 * * *" }
