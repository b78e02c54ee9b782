import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface DeleteSnoozeInput {
  id: string
  actor_id: string
}

/** Ends a snooze before its time. */
export const deleteSnoozeStep = createStep(
  "delete-snooze",
  async ({ id, actor_id }: DeleteSnoozeInput, { container }) => {
    const { snoozes } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const former = await snoozes.remove(id, actor_id)
    return new StepResponse({ id }, { former, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { automation_id, subject, until } = done.former
    const { snoozes } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await snoozes.create({ automation_id, subject, until: new Date(until) }, done.actor_id)
  },
)
