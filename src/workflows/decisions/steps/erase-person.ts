import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"

/** Cannot be undone, on purpose: there is no compensation. Running it twice erases what came in between. */
export const erasePersonDecisionsStep = createStep(
  "erase-person-decisions",
  async (customer_id: string, { container }) => {
    const { personalData } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const visitor_ids = await visitorsOf(container, customer_id)
    return new StepResponse(await personalData.erase({ customer_id, visitor_ids }, Date.now()))
  },
)

/** Everything that both modules hold of a customer, by table. */
export async function exportPerson(
  container: MedusaContainer,
  customer_id: string,
): Promise<Record<string, Record<string, unknown>[]>> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const { personalData } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const visitor_ids = await visitorsOf(container, customer_id)
  return {
    ...(await signals.exportPerson(customer_id)),
    ...(await personalData.exportOf({ customer_id, visitor_ids })),
  }
}

async function visitorsOf(container: MedusaContainer, customer_id: string): Promise<string[]> {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  return (await signals.listVisitors({ customer_id }, { select: ["id"] })).map(({ id }) => id)
}
