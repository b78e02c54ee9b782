import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import {
  parseModel,
  rankShelf,
  type RecommendationModel,
  type ShelfAnswer,
  type ShelfRequest,
} from "../../core/recommendations"
import type { PluginOptions } from "../../types/options"
import { Arms } from "./arms"
import { Facts } from "./facts"
import { Figures } from "./figures"
import { Placement } from "./models/placement"
import { Placements } from "./placements"

/**
 * The recommender that serves in this process: one model at a time, exchanged whole; the placements; what the shop knows of
 * its products; and what each placement's strategies were clicked.
 */
export default class RecommendationsModuleService extends MedusaService({ Placement }) {
  protected serving_: { id: string; model: RecommendationModel } | null = null
  /** Why the newest model could not be loaded; null when it could. */
  fault: string | null = null
  /** The model whose artefact could not be read: it will not become readable, so it is not read again while it is the active one. */
  unreadable: string | null = null
  /** When the database was last asked which model is active (Unix milliseconds), and the asking under way. */
  checked_at: number | null = null
  loading: Promise<void> | null = null

  readonly placements: Placements
  readonly facts = new Facts()
  readonly figures: Figures
  readonly arms: Arms
  /** The plugin's options, as given in medusa-config. */
  readonly options: PluginOptions

  constructor(container: Record<string, unknown>, options: PluginOptions = {}) {
    super(...arguments)
    this.options = options
    const pg = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
    const logger = container[ContainerRegistrationKeys.LOGGER] as Logger
    const failed = (what: string) => (error: unknown) =>
      logger.error(`recommendations: ${what} were not read, the former ones serve on: ${String(error)}`)
    this.placements = new Placements(pg, failed("placements"))
    this.figures = new Figures(pg)
    this.arms = new Arms(this.figures, failed("figures of strategies"))
  }

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
    this.unreadable = null
  }

  clear(): void {
    this.serving_ = null
    this.fault = null
    this.unreadable = null
  }

  rank(request: ShelfRequest): ShelfAnswer {
    return rankShelf(this.model, this.facts.byId, request)
  }
}
