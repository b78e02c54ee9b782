import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { PlanAnswer } from "../../../../../types/http/experiments"
import { planFor } from "../../../../../workflows/decisions/experiments/plan"
import type { PlanExperiment } from "../validators"

/** How long an experiment would have to run. */
export async function POST(req: MedusaRequest<PlanExperiment>, res: MedusaResponse): Promise<void> {
  const plan = await planFor(req.scope, req.validatedBody, Date.now())
  res.json({ plan } satisfies PlanAnswer)
}
