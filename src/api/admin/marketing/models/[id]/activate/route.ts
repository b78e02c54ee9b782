import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { activateModelWorkflow } from "../../../../../../workflows/intelligence/workflows/activate-model"
import { modelSummary } from "../../summary"

/** Puts an earlier model back into service. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await activateModelWorkflow(req.scope).run({ input: { id: req.params.id } })
  res.json({ model: modelSummary(result) })
}
