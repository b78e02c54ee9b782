import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { WithdrawAnswer } from "../../../../../types/http/decisions"
import { moneyAnswer } from "../../../../../workflows/decisions/explain"
import { withdrawPromisesWorkflow } from "../../../../../workflows/decisions/workflows/withdraw-promises"
import { withConflicts } from "../../../conflicts"
import { actorOf } from "../../decisions/answering"
import type { WithdrawPromises } from "../validators"

/** Takes back what was promised and lives on, if it is still as much as was shown. */
export async function POST(
  req: AuthenticatedMedusaRequest<WithdrawPromises>,
  res: MedusaResponse,
): Promise<void> {
  await withConflicts(res, async () => {
    const input = { ...req.validatedBody, actor_id: actorOf(req) }
    const { result } = await withdrawPromisesWorkflow(req.scope).run({ input })
    res.json({
      withdrawn: result.withdrawn,
      amounts: result.amounts.map(moneyAnswer),
    } satisfies WithdrawAnswer)
  })
}
