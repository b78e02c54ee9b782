import { parseModel, type ModelChoice } from "../../core/recommendations"
import type { IntelligenceModuleService } from "../../modules/intelligence"

export type StoredChoice =
  { choice: ModelChoice; why: null } | { choice: undefined; why: "of another release" | "no longer stored" }

/** What a stored model was made of, or why nobody can tell. */
export async function choiceOf(
  intelligence: IntelligenceModuleService,
  stored: { id: string; bytes: number },
): Promise<StoredChoice> {
  const bytes = await intelligence.readArtefact(stored)
  if (bytes === null) return { choice: undefined, why: "no longer stored" }
  try {
    return { choice: parseModel(bytes).choice, why: null }
  } catch {
    // There is nothing to hold a new one against but its figures.
    return { choice: undefined, why: "of another release" }
  }
}
