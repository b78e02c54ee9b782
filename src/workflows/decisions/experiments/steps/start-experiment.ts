import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../../modules/decisions"
import { checkStart } from "../experiment-plan"
import { expectedUnits } from "../plan"
import { targetChanged } from "../target-changed"

export interface StartExperimentInput {
  id: string
  actor_id: string
}

/** Starts a draft whose target is still there and whose arms still fit it. */
export const startExperimentStep = createStep(
  "start-experiment",
  async ({ id, actor_id }: StartExperimentInput, { container }) => {
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const now = Date.now()
    const draft = await experiments.byId(id)
    await checkStart(container, draft)
    const question = { ...draft, target: { type: draft.target_type, id: draft.target_id } }
    const before = await experiments.start(id, await expectedUnits(container, question, now), now, actor_id)
    await targetChanged(container, before)
    return new StepResponse({ id }, { before, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await experiments.restore(done.before.id, done.before, done.actor_id)
    await targetChanged(container, done.before)
  },
)
