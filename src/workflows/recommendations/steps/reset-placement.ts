import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../../modules/recommendations"

/** Forgets what was changed of a shipped placement. Its row stays, so that versions go on counting. */
export const resetPlacementStep = createStep(
  "reset-placement",
  async ({ id }: { id: string }, { container }) => {
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    const present = await placements.byId(id)
    if (!present.shipped) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `"${present.settings.name}" is the shop's own placement: there is nothing that it came with. Change or delete it.`,
      )
    }
    const row = await placements.row(id)
    if (row) await placements.save(present, {}, present.version)
    return new StepResponse({ id }, { id, row })
  },
  async (former, { container }) => {
    if (!former?.row) return
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    await placements.restore(former.id, former.row)
  },
)
