import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface UpdateBudgetInput {
  id: string
  /** Minor units, or acts. */
  limit: number
  actor_id: string
}

/** Changes the limit of a budget. */
export const updateBudgetStep = createStep(
  "update-budget",
  async ({ id, limit, actor_id }: UpdateBudgetInput, { container }) => {
    const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await budgetBook.setLimit(id, limit, actor_id)
    return new StepResponse({ id }, { id, limit: before.limit, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await budgetBook.setLimit(done.id, done.limit, done.actor_id)
  },
)
