import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  INTELLIGENCE_MODULE,
  type IntelligenceModuleService,
  type Training,
} from "../../../modules/intelligence"
import { RECOMMENDATION_MODEL } from "../../recommendations/serving-model"
import { trainRecommendationsStep, type TrainInput } from "../steps/train-recommendations"

export const trainRecommendationsWorkflow = createWorkflow(
  "marketing-train-recommendations",
  (input: TrainInput) => {
    return new WorkflowResponse(trainRecommendationsStep(input))
  },
)

/** Starts a training in the background, or returns the one under way in any process. */
export async function startTraining(container: MedusaContainer): Promise<Training> {
  const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
  const run = await intelligence.beginTraining(RECOMMENDATION_MODEL)
  if (!run) return (await intelligence.latestTraining(RECOMMENDATION_MODEL))!
  trainRecommendationsWorkflow(container)
    .run({ input: { run_id: run.id, now: Date.now() } })
    .catch((error: unknown) =>
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`training ${run.id} failed: ${String(error)}`),
    )
  return run
}

/** Trains and waits for the end: for the nightly job and the command line. */
export async function trainNow(container: MedusaContainer) {
  const run = await container
    .resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    .beginTraining(RECOMMENDATION_MODEL)
  if (!run)
    throw new MedusaError(MedusaError.Types.CONFLICT, "A training is under way already; wait for it to end.")
  const { result } = await trainRecommendationsWorkflow(container).run({
    input: { run_id: run.id, now: Date.now() },
  })
  return result
}
