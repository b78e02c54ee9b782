import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  INTERACTION_KIND,
  judge,
  TrainingDataBuilder,
  type TrainingData,
  type TrainingMetrics,
} from "../../../core/recommendations"
import { readCatalogue } from "../../../datasets/catalogue"
import { readInteractions, readNewestInteraction } from "../../../datasets/interactions"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../modules/intelligence"
import { trainInWorker } from "../../../modules/intelligence/train-in-worker"
import { RECOMMENDATION_MODEL, refreshRecommender } from "../../recommendations/serving-model"

/** Two years hold each season twice; what is older says little about what is bought next. */
const LEARN_FROM_DAYS = 730
const DAY = 86_400_000
const REPORT_EVERY_MS = 500
const KEPT_ARTEFACTS = 5

const KIND_OF = {
  product_viewed: INTERACTION_KIND.view,
  cart_item_added: INTERACTION_KIND.cart,
  item_purchased: INTERACTION_KIND.buy,
} as const

export interface TrainInput {
  run_id: string
  /** Unix milliseconds. */
  now: number
}

/** Reads, trains in a worker thread, stores, and puts the model into service if it is not worse. */
export const trainRecommendationsStep = createStep(
  "train-recommendations",
  async ({ run_id, now }: TrainInput, { container }) => {
    const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    const started = performance.now()
    try {
      const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
      // A history that was imported may have ended long ago: the model speaks for the moment after its newest event.
      const until = Math.min(now, (await readNewestInteraction(pg)) ?? now)
      const report = reporter(intelligence, run_id)
      const data = await readTrainingData(pg, until, report)
      const trained = await trainInWorker(data, { now: until, seed: 1 }, { onProgress: report })
      await intelligence.reportTraining(run_id, { step: "progress.saving", done: 100, total: 100 })
      const active = await intelligence.activeModel(RECOMMENDATION_MODEL)
      const serving = active ? await intelligence.retrieveModel(active.id) : null
      const { serve, verdict } = judge(
        trained.metrics,
        (serving?.metrics as TrainingMetrics | undefined) ?? null,
      )
      const model = await intelligence.saveModel({
        kind: RECOMMENDATION_MODEL,
        bytes: trained.bytes,
        metrics: trained.metrics,
        products: data.products.length,
        orders: trained.metrics.orders ?? 0,
        events: data.interactions.length,
        trained_at: new Date(now),
        training_ms: Math.round(performance.now() - started),
      })
      if (serve) {
        await intelligence.activateModel(model.id, verdict)
        await refreshRecommender(container)
      } else {
        await intelligence.rejectModel(model.id, verdict)
      }
      await intelligence.pruneArtefacts(RECOMMENDATION_MODEL, KEPT_ARTEFACTS)
      await intelligence.endTraining(run_id, { status: "succeeded", model_id: model.id })
      return new StepResponse({ model_id: model.id, served: serve, verdict, metrics: trained.metrics })
    } catch (error) {
      await intelligence.endTraining(run_id, {
        status: "failed",
        error: error instanceof Error ? error.message : String(error),
      })
      throw error
    }
  },
)

async function readTrainingData(
  pg: Knex,
  until: number,
  report: (progress: { stage: string; fraction: number }) => void,
): Promise<TrainingData> {
  const builder = new TrainingDataBuilder()
  await readCatalogue(pg, (product) => builder.addProduct(product))
  await readInteractions(pg, until - LEARN_FROM_DAYS * DAY, (rows) => {
    report({ stage: "reading", fraction: 0 })
    for (const row of rows) {
      const basket = row.type === "item_purchased" ? row.order_id : null
      builder.addInteraction(row.subject, basket, row.product_id, KIND_OF[row.type], row.at)
    }
  })
  return builder.finish()
}

/** Writes progress down at most twice a second; a report that fails does not stop the training. */
function reporter(intelligence: IntelligenceModuleService, run_id: string) {
  let last = 0
  return ({ stage, fraction }: { stage: string; fraction: number }): void => {
    const at = performance.now()
    if (at - last < REPORT_EVERY_MS) return
    last = at
    intelligence
      .reportTraining(run_id, { step: `progress.${stage}`, done: Math.round(fraction * 100), total: 100 })
      .catch(() => undefined)
  }
}
