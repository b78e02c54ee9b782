import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { circumstancesOf } from "../circumstances"
import { wakeDelivery } from "../wake-delivery"

export interface RetryDecisionsInput {
  ids: string[]
  actor_id: string
}

/** Takes deliveries that failed up again. */
export const retryDecisionsStep = createStep(
  "retry-decisions",
  async (input: RetryDecisionsInput, { container }) => {
    const { approvals } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const circumstances = await circumstancesOf(container, await approvals.find(input.ids))
    const answers = await approvals.retry(input.ids, input.actor_id, circumstances, Date.now())
    if (answers.some(({ ok }) => ok)) await wakeDelivery(container)
    return new StepResponse(answers)
  },
)
