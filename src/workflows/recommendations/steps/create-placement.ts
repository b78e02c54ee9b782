import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SHIPPED_PLACEMENTS, type Placement, type PlacementContext } from "../../../core/recommendations"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../../modules/recommendations"
import { checkPlacement } from "../placement-settings"

export interface CreatePlacementInput extends Partial<Placement> {
  name: string
  handle: string
  context: PlacementContext
}

/** What a new placement begins with: the shipped one of its context, or the home page's. */
function beginning(context: PlacementContext): Placement {
  const alike = Object.values(SHIPPED_PLACEMENTS).find((shipped) => shipped.context === context)
  return (alike ?? SHIPPED_PLACEMENTS.home).settings
}

export const createPlacementStep = createStep(
  "create-placement",
  async ({ handle, context, ...given }: CreatePlacementInput, { container }) => {
    const settings: Placement = { ...beginning(context), ...given }
    settings.minimum = given.minimum ?? Math.min(settings.minimum, settings.size)
    checkPlacement(settings)
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    const id = await placements.create({ handle, context, settings })
    return new StepResponse({ id }, id)
  },
  async (id, { container }) => {
    if (!id) return
    await container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE).placements.delete(id)
  },
)
