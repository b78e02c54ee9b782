import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../../modules/intelligence"
import type { TrainingRunAnswer, TrainingRunsAnswer } from "../../../../types/http/admin"
import { startTraining } from "../../../../workflows/intelligence/workflows/train-recommendations"
import type { Page } from "../../page"
import { validated } from "../../../validate"
import { trainingProgress } from "../models/summary"

/** Trainings, newest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const { limit, offset } = validated<Page>(req)
  const [runs, count] = await req.scope
    .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    .listAndCountTrainingRuns({}, { take: limit, skip: offset, order: { created_at: "DESC" } })
  res.json({ training_runs: runs.map(trainingProgress), count, offset, limit } satisfies TrainingRunsAnswer)
}

/** Starts a training, or answers with the one under way. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const run = await startTraining(req.scope)
  res.status(202).json({ training_run: trainingProgress(run) } satisfies TrainingRunAnswer)
}
