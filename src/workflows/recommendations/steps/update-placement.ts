import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { Placement } from "../../../core/recommendations"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../../modules/recommendations"
import { checkPlacement } from "../placement-settings"

export interface UpdatePlacementInput {
  id: string
  /** The version that was read before the change. */
  version: number
  settings: Partial<Placement>
}

export const updatePlacementStep = createStep(
  "update-placement",
  async ({ id, version, settings }: UpdatePlacementInput, { container }) => {
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    const present = await placements.byId(id)
    const row = await placements.row(id)
    checkPlacement({ ...present.settings, ...settings })
    await placements.save(present, { ...row?.settings, ...settings }, version)
    return new StepResponse({ id }, { id, row })
  },
  async (former, { container }) => {
    if (!former) return
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    await placements.restore(former.id, former.row)
  },
)
