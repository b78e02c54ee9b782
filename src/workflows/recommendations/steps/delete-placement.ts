import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../../modules/recommendations"

export const deletePlacementStep = createStep(
  "delete-placement",
  async ({ id }: { id: string }, { container }) => {
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    const present = await placements.byId(id)
    if (present.shipped) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `"${present.settings.name}" came with the plugin and cannot be deleted: switch it off (enabled: false) or reset it.`,
      )
    }
    const row = await placements.row(id)
    await placements.delete(id)
    return new StepResponse({ id }, { id, row })
  },
  async (former, { container }) => {
    if (!former) return
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    await placements.restore(former.id, former.row)
  },
)
