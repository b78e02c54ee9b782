import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface ResolveAlertInput {
  id: string
  actor_id: string
}

/** Notes that an alert is done with. */
export const resolveAlertStep = createStep(
  "resolve-alert",
  async ({ id, actor_id }: ResolveAlertInput, { container }) => {
    const { alerts } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const resolved = await alerts.resolve(id, actor_id)
    return new StepResponse({ id }, resolved ? { id } : null)
  },
  async (done, { container }) => {
    if (!done) return
    const { alerts } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await alerts.reopen(done.id)
  },
)
