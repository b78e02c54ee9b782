import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../../../modules/intelligence"
import type { TrainingRunAnswer } from "../../../../../types/http/admin"
import { trainingProgress } from "../../models/summary"

export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const run = await req.scope
    .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    .retrieveTrainingRun(req.params.id)
  res.json({ training_run: trainingProgress(run) } satisfies TrainingRunAnswer)
}
