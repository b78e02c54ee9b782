import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../../modules/signals"

/** Cannot be undone, on purpose: there is no compensation. Running it twice erases what came in between. */
export const erasePersonStep = createStep(
  "erase-person-signals",
  async (customer_id: string, { container }) => {
    const rows = await container.resolve<SignalsModuleService>(SIGNALS_MODULE).erasePerson(customer_id)
    return new StepResponse(rows)
  },
)
