import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { circumstancesOf } from "../circumstances"
import { wakeDelivery } from "../wake-delivery"

export interface ApproveDecisionsInput {
  ids: string[]
  reason?: string
  actor_id: string
}

/** Lets what waits be done. It may be done at once, so that nothing takes this back. */
export const approveDecisionsStep = createStep(
  "approve-decisions",
  async (input: ApproveDecisionsInput, { container }) => {
    const { approvals } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const now = Date.now()
    const circumstances = await circumstancesOf(container, await approvals.find(input.ids))
    const answers = await approvals.approve(
      input.ids,
      input.actor_id,
      circumstances,
      now,
      input.reason ?? null,
    )
    if (answers.some(({ status }) => status === "queued")) await wakeDelivery(container)
    return new StepResponse(answers)
  },
)
