import { parseModel, type ModelChoice } from "../../core/recommendations"
import type { IntelligenceModuleService } from "../../modules/intelligence"

/** What a stored model was made of; undefined when its artefact is of another release, or gone. */
export async function choiceOf(
  intelligence: IntelligenceModuleService,
  stored: { id: string; bytes: number },
): Promise<ModelChoice | undefined> {
  const bytes = await intelligence.readArtefact(stored)
  if (bytes === null) return undefined
  try {
    return parseModel(bytes).choice
  } catch {
    // An artefact of an earlier release: there is nothing to hold the new one against but its figures.
    return undefined
  }
}
