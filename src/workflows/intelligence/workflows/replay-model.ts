import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  INTELLIGENCE_MODULE,
  type IntelligenceModuleService,
  type ModelReplay,
} from "../../../modules/intelligence"
import { RECOMMENDATION_MODEL } from "../../recommendations/serving-model"
import { replayModelStep, type ReplayInput } from "../steps/replay-model"

export const replayModelWorkflow = createWorkflow("marketing-replay-model", (input: ReplayInput) => {
  return new WorkflowResponse(replayModelStep(input))
})

/** Starts a replay of a model against the one that serves, in the background; one at a time in all processes. */
export async function startReplay(
  container: MedusaContainer,
  { model_id, days }: { model_id: string; days: number },
): Promise<ModelReplay> {
  const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
  const model = await intelligence.retrieveModel(model_id)
  const active = await intelligence.activeModel(RECOMMENDATION_MODEL)
  if (!active || active.id === model.id) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      active
        ? `Version ${model.version} is the one that serves; choose another to hold against it.`
        : "No model serves yet; there is nothing to hold this one against.",
    )
  }
  const replay = await intelligence.beginReplay({
    kind: RECOMMENDATION_MODEL,
    model_id,
    against_id: active.id,
    days,
  })
  if (!replay) {
    throw new MedusaError(MedusaError.Types.CONFLICT, "A replay is under way already; wait for it to end.")
  }
  replayModelWorkflow(container)
    .run({ input: { replay_id: replay.id, now: Date.now() } })
    .catch((error: unknown) =>
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`replay ${replay.id} failed: ${String(error)}`),
    )
  return replay
}
