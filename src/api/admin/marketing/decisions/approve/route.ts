import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ApprovalAnswer } from "../../../../../types/http/decisions"
import { approveDecisionsWorkflow } from "../../../../../workflows/decisions/workflows/approve-decisions"
import { actorOf } from "../answering"
import type { DecideOn } from "../validators"

/** Approves what waits; each is told by itself, so that one that no longer waits stops none of the others. */
export async function POST(req: AuthenticatedMedusaRequest<DecideOn>, res: MedusaResponse): Promise<void> {
  const { result } = await approveDecisionsWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor_id: actorOf(req) },
  })
  res.json({ results: result } satisfies ApprovalAnswer)
}
