import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { DecisionAnswer } from "../../../../../types/http/decisions"
import { readDecision } from "../../../../../workflows/decisions/read-decisions"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ decision: await readDecision(req.scope, req.params.id) } satisfies DecisionAnswer)
}
