import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { DecisionAnswer } from "../../../../../../types/http/decisions"
import { readDecision } from "../../../../../../workflows/decisions/read-decisions"
import { retryDecisionsWorkflow } from "../../../../../../workflows/decisions/workflows/retry-decisions"
import { actorOf } from "../../answering"

/** Takes a delivery that failed up again. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id } = req.params
  await readDecision(req.scope, id)
  const { result } = await retryDecisionsWorkflow(req.scope).run({
    input: { ids: [id], actor_id: actorOf(req) },
  })
  const [{ ok, message }] = result
  if (!ok) throw new MedusaError(MedusaError.Types.NOT_ALLOWED, message ?? `Decision ${id} has not failed.`)
  res.json({ decision: await readDecision(req.scope, id) } satisfies DecisionAnswer)
}
