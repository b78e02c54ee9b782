import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { BudgetAnswer } from "../../../../../types/http/decisions"
import { deleteBudgetWorkflow } from "../../../../../workflows/decisions/workflows/delete-budget"
import { updateBudgetWorkflow } from "../../../../../workflows/decisions/workflows/update-budget"
import { actorOf, decisionsOf } from "../../decisions/answering"
import { budgetSummary, storedLimit } from "../answering"
import type { UpdateBudget } from "../validators"

/** Changes the limit. What is set aside and spent stays as it is, even above a lower limit. */
export async function POST(
  req: AuthenticatedMedusaRequest<UpdateBudget>,
  res: MedusaResponse,
): Promise<void> {
  const { id } = req.params
  const { currency_code } = await decisionsOf(req.scope).budgetBook.one(id, Date.now())
  const limit = storedLimit(req.validatedBody.limit, currency_code)
  await updateBudgetWorkflow(req.scope).run({ input: { id, limit, actor_id: actorOf(req) } })
  res.json({ budget: await budgetSummary(req.scope, id) } satisfies BudgetAnswer)
}

export async function DELETE(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await deleteBudgetWorkflow(req.scope).run({ input: { id, actor_id: actorOf(req) } })
  res.json({ id, object: "budget", deleted: true })
}
