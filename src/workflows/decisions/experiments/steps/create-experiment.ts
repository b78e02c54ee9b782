import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../../modules/decisions"
import type { ExperimentPlan } from "../../../../modules/decisions/experiments"

export interface CreateExperimentInput {
  /** Checked by `storedPlan`. */
  plan: ExperimentPlan
  actor_id: string
}

/** Drafts an experiment. */
export const createExperimentStep = createStep(
  "create-experiment",
  async ({ plan, actor_id }: CreateExperimentInput, { container }) => {
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const { id } = await experiments.create(plan, actor_id)
    return new StepResponse({ id }, { id, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await experiments.restore(done.id, null, done.actor_id)
  },
)
