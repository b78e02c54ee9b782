import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface RetryDecisionsInput {
  ids: string[]
  actor_id: string
}

/** Takes deliveries that failed up again. */
export const retryDecisionsStep = createStep(
  "retry-decisions",
  async (input: RetryDecisionsInput, { container }) => {
    const { deliveries } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    return new StepResponse(await deliveries.retry(input.ids, input.actor_id, Date.now()))
  },
)
