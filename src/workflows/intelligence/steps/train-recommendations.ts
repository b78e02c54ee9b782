import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { judge, type TrainingMetrics } from "../../../core/recommendations"
import { readNewestInteraction } from "../../../datasets/interactions"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../modules/intelligence"
import { trainInWorker } from "../../../modules/intelligence/train-in-worker"
import { atMostTwiceASecond } from "../at-most-twice-a-second"
import { choiceOf } from "../choice-of"
import { readTrainingData } from "../read-training-data"
import { RECOMMENDATION_MODEL, refreshRecommender } from "../../recommendations/serving-model"

const KEPT_ARTEFACTS = 5

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
      const report = atMostTwiceASecond(({ stage, fraction }: { stage: string; fraction: number }) =>
        intelligence.reportTraining(run_id, {
          step: `progress.${stage}`,
          done: Math.round(fraction * 100),
          total: 100,
        }),
      )
      const data = await readTrainingData(pg, until, () => report({ stage: "reading", fraction: 0 }))
      const active = await intelligence.activeModel(RECOMMENDATION_MODEL)
      const trained = await trainInWorker(
        data,
        { now: until, seed: 1, active: active ? (await choiceOf(intelligence, active)).choice : undefined },
        { onProgress: report },
      )
      await intelligence.reportTraining(run_id, { step: "progress.saving", done: 100, total: 100 })
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
