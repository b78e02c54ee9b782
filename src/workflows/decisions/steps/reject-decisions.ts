import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface RejectDecisionsInput {
  ids: string[]
  reason?: string
  actor_id: string
}

/** Gives up what waits, and releases what was set aside for it. */
export const rejectDecisionsStep = createStep(
  "reject-decisions",
  async (input: RejectDecisionsInput, { container }) => {
    const { approvals } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    return new StepResponse(
      await approvals.reject(input.ids, input.actor_id, input.reason ?? null, Date.now()),
    )
  },
)
