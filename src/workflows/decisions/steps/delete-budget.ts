import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface DeleteBudgetInput {
  id: string
  actor_id: string
}

/** Takes a budget away: what it has counted stays. */
export const deleteBudgetStep = createStep(
  "delete-budget",
  async ({ id, actor_id }: DeleteBudgetInput, { container }) => {
    const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await budgetBook.remove(id, actor_id)
    return new StepResponse({ id }, { id, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await budgetBook.restore(done.id, done.actor_id)
  },
)
