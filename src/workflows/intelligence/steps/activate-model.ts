import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../modules/intelligence"
import { refreshRecommender } from "../../recommendations/serving-model"

export const activateModelStep = createStep(
  "activate-model",
  async ({ id }: { id: string }, { container }) => {
    const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    const { kind } = await intelligence.retrieveModel(id)
    const former = await intelligence.activeModel(kind)
    await intelligence.activateModel(id, "verdict.restored")
    await refreshRecommender(container)
    return new StepResponse({ id }, former?.id ?? null)
  },
  async (former, { container }) => {
    if (!former) return
    await container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE).activateModel(former)
    await refreshRecommender(container)
  },
)
