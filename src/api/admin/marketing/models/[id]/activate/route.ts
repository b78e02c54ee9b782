import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../../../../modules/intelligence"
import { activateModelWorkflow } from "../../../../../../workflows/intelligence/workflows/activate-model"
import { modelSummary } from "../../summary"

/** Puts an earlier model back into service. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  await activateModelWorkflow(req.scope).run({ input: { id: req.params.id } })
  const model = await req.scope
    .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    .retrieveModel(req.params.id)
  res.json({ model: modelSummary(model) })
}
