import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface ApproveDecisionsInput {
  ids: string[]
  reason?: string
  actor_id: string
}

/** Lets what waits be done. It may be done at once, so that nothing takes this back. */
export const approveDecisionsStep = createStep(
  "approve-decisions",
  async (input: ApproveDecisionsInput, { container }) => {
    const { deliveries } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    return new StepResponse(await deliveries.approve(input.ids, input.actor_id, Date.now()))
  },
)
