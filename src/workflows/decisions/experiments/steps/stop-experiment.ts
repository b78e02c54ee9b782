import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../../modules/decisions"
import { shippedChange } from "../shipped-change"
import { targetChanged } from "../target-changed"

export interface StopExperimentInput {
  id: string
  shipped_arm: string | null
  note: string
  actor_id: string
}

/** Ends an experiment; answers with what its shipped arm changes of the target, for the steps that change that. */
export const stopExperimentStep = createStep(
  "stop-experiment",
  async ({ id, shipped_arm, note, actor_id }: StopExperimentInput, { container }) => {
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const row = await experiments.byId(id)
    const arm = row.arms.find(({ key }) => key === shipped_arm)
    if (shipped_arm !== null && !arm) {
      throw new MedusaError(
        MedusaError.Types.INVALID_DATA,
        `shipped_arm: "${shipped_arm}" is none of its arms, which are ${row.arms.map(({ key }) => key).join(", ")}`,
      )
    }
    const shipped = arm ? await shippedChange(container, row, arm) : null
    const before = await experiments.stop(id, { shipped_arm, note }, Date.now(), actor_id)
    await targetChanged(container, before)
    return new StepResponse({ id, shipped }, { before, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await experiments.restore(done.before.id, done.before, done.actor_id)
    await targetChanged(container, done.before)
  },
)
