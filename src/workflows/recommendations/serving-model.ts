import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../modules/intelligence"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"

export const RECOMMENDATION_MODEL = "recommendations"

/** A newly activated model serves in every process within this time and the time it takes to load. */
const CHECK_EVERY_MS = 2_000

/**
 * The recommender with the model that is active in the database. While there is none, a call waits
 * for the look-up; afterwards they are done in the background, so a request never waits for a new model.
 */
export async function servingRecommender(
  container: MedusaContainer,
  now: number,
): Promise<RecommendationsModuleService> {
  const recommender = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  if (recommender.checked_at === null || now - recommender.checked_at >= CHECK_EVERY_MS) {
    recommender.checked_at = now
    recommender.loading ??= load(container, recommender).finally(() => (recommender.loading = null))
  }
  if (recommender.modelId === null && recommender.loading) await recommender.loading
  return recommender
}

/** Looks for a new active model at once: after one was activated in this process. */
export async function refreshRecommender(container: MedusaContainer): Promise<void> {
  const recommender = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  await recommender.loading
  recommender.unreadable = null
  await load(container, recommender)
}

async function load(container: MedusaContainer, recommender: RecommendationsModuleService): Promise<void> {
  const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
  try {
    const active = await intelligence.activeModel(RECOMMENDATION_MODEL)
    if (!active) return recommender.clear()
    if (active.id === recommender.unreadable) return
    if (active.id === recommender.modelId) {
      recommender.fault = null
      recommender.unreadable = null
      return
    }
    const bytes = await intelligence.readArtefact(active)
    // From here on it is the artefact that is at fault: a database that does not answer has thrown by now.
    recommender.unreadable = active.id
    if (!bytes) throw new Error(`the artefact of model ${active.id} is incomplete`)
    recommender.use(active.id, bytes)
  } catch (error) {
    // The model before it goes on serving; the health list of the Overview shows the fault.
    recommender.fault = error instanceof Error ? error.message : String(error)
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`recommendations: the active model was not loaded: ${recommender.fault}`)
  }
}
