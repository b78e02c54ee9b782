import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../../modules/decisions"

export interface DeleteExperimentInput {
  id: string
  actor_id: string
}

/** Takes a draft or a stopped experiment away. */
export const deleteExperimentStep = createStep(
  "delete-experiment",
  async ({ id, actor_id }: DeleteExperimentInput, { container }) => {
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await experiments.remove(id, actor_id)
    return new StepResponse({ id }, { before, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await experiments.restore(done.before.id, done.before, done.actor_id)
  },
)
