import {
  parseModel,
  recommend,
  type RecommendationModel,
  type RecommendationRequest,
  type ScoredProduct,
} from "../../core/recommendations"

/** The recommender that serves in this process: one model at a time, exchanged whole. */
export default class RecommendationsModuleService {
  protected serving_: { id: string; model: RecommendationModel } | null = null
  /** Why the newest model could not be loaded; null when it could. */
  fault: string | null = null
  /** When the database was last asked which model is active (Unix milliseconds), and the asking under way. */
  checked_at: number | null = null
  loading: Promise<void> | null = null

  /** Id of the model that answers; null while only defaults do. */
  get modelId(): string | null {
    return this.serving_?.id ?? null
  }

  get model(): RecommendationModel | null {
    return this.serving_?.model ?? null
  }

  /** Puts an artefact into service. Throws, and goes on with the former one, if its bytes cannot be read. */
  use(id: string, bytes: Uint8Array): void {
    this.serving_ = { id, model: parseModel(bytes) }
    this.fault = null
  }

  clear(): void {
    this.serving_ = null
  }

  recommend(request: RecommendationRequest): ScoredProduct[] {
    return recommend(this.model, request)
  }
}
