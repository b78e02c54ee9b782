import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { TrainingRunAnswer } from "../../../../types/http/admin"
import { startTraining } from "../../../../workflows/intelligence/workflows/train-recommendations"
import { trainingProgress } from "../models/summary"

/** Starts a training, or answers with the one under way. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const run = await startTraining(req.scope)
  res.status(202).json({ training_run: trainingProgress(run) } satisfies TrainingRunAnswer)
}
