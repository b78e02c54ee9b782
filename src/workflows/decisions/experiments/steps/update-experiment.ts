import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../../modules/decisions"
import type { ExperimentPlan } from "../../../../modules/decisions/experiments"

export interface UpdateExperimentInput {
  id: string
  /** Checked by `storedPlan`. */
  plan: ExperimentPlan
  /** The version that was read before the change. */
  version: number
  actor_id: string
}

/** Changes a draft. */
export const updateExperimentStep = createStep(
  "update-experiment",
  async ({ id, plan, version, actor_id }: UpdateExperimentInput, { container }) => {
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await experiments.update(id, plan, version, actor_id)
    return new StepResponse({ id }, { before, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await experiments.restore(done.before.id, done.before, done.actor_id)
  },
)
