import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { NewBudget } from "../../../modules/decisions/budget-book"

export interface CreateBudgetInput {
  budget: NewBudget
  actor_id: string
}

/** Sets a budget. */
export const createBudgetStep = createStep(
  "create-budget",
  async ({ budget, actor_id }: CreateBudgetInput, { container }) => {
    const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const { id } = await budgetBook.create(budget, actor_id)
    return new StepResponse({ id }, { id, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await budgetBook.remove(done.id, done.actor_id)
  },
)
