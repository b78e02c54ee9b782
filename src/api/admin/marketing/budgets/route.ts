import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { BudgetAnswer, BudgetsAnswer } from "../../../../types/http/decisions"
import { createBudgetWorkflow } from "../../../../workflows/decisions/workflows/create-budget"
import { validated } from "../../../validate"
import { withConflicts } from "../../conflicts"
import type { Page } from "../../page"
import { actorOf, decisionsOf } from "../decisions/answering"
import { budgetSummaries, budgetSummary, newBudget } from "./answering"
import type { CreateBudget } from "./validators"

/** Budgets with what is used of their present period, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const all = await decisionsOf(req.scope).budgetBook.list(Date.now())
  const budgets = await budgetSummaries(req.scope, all.slice(offset, offset + limit))
  res.json({ budgets, count: all.length, offset, limit } satisfies BudgetsAnswer)
}

export async function POST(
  req: AuthenticatedMedusaRequest<CreateBudget>,
  res: MedusaResponse,
): Promise<void> {
  const budget = await newBudget(req.scope, req.validatedBody)
  await withConflicts(res, async () => {
    const { result } = await createBudgetWorkflow(req.scope).run({
      input: { budget, actor_id: actorOf(req) },
    })
    res.json({ budget: await budgetSummary(req.scope, result.id) } satisfies BudgetAnswer)
  })
}
