import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { Subject } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface CreateSnoozeInput {
  automation_id: string
  subject: Subject
  /** ISO 8601. */
  until: string
  actor_id: string
}

/** Has one automation leave one subject alone. */
export const createSnoozeStep = createStep(
  "create-snooze",
  async ({ actor_id, until, ...snooze }: CreateSnoozeInput, { container }) => {
    const { snoozes } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const made = await snoozes.create({ ...snooze, until: new Date(until) }, actor_id)
    return new StepResponse(made, { id: made.id, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { snoozes } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await snoozes.remove(done.id, done.actor_id)
  },
)
