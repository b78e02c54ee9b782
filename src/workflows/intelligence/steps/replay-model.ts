import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { TrainingMetrics } from "../../../core/recommendations"
import { readNewestInteraction } from "../../../datasets/interactions"
import { INTELLIGENCE_MODULE, type IntelligenceModuleService } from "../../../modules/intelligence"
import { replayInWorker } from "../../../modules/intelligence/train-in-worker"
import { atMostTwiceASecond } from "../at-most-twice-a-second"
import { choiceOf } from "../choice-of"
import { readTrainingData } from "../read-training-data"

export interface ReplayInput {
  replay_id: string
  /** Unix milliseconds. */
  now: number
}

/** Lets two models learn from what came before the last days, and guess these days' orders. Changes nothing that serves. */
export const replayModelStep = createStep(
  "replay-model",
  async ({ replay_id, now }: ReplayInput, { container }) => {
    const intelligence = container.resolve<IntelligenceModuleService>(INTELLIGENCE_MODULE)
    try {
      const replay = await intelligence.retrieveReplay(replay_id)
      const [model, against] = await Promise.all(
        [replay.model_id, replay.against_id].map((id) => intelligence.retrieveModel(id)),
      )
      const [candidate, active] = await Promise.all([
        choiceOf(intelligence, model),
        choiceOf(intelligence, against),
      ])
      if (!candidate.choice || !active.choice) {
        const [{ version }, { why }] = candidate.choice ? [against, active] : [model, candidate]
        throw new Error(`The artefact of version ${version} is ${why}. Train a new model.`)
      }
      const report = atMostTwiceASecond((progress: { step: string; fraction: number }) =>
        intelligence.reportReplay(replay_id, {
          step: progress.step,
          done: Math.round(progress.fraction * 100),
          total: 100,
        }),
      )
      const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
      const until = Math.min(now, (await readNewestInteraction(pg)) ?? now)
      const data = await readTrainingData(pg, until, () => report({ step: "progress.reading", fraction: 0 }))
      const metrics = await replayInWorker(
        data,
        { candidate: candidate.choice, active: active.choice },
        { now: until, days: replay.days, seed: 1 },
        (fraction) => report({ step: "progress.evaluate", fraction }),
      )
      const told = replayFigures(metrics)
      await intelligence.endReplay(replay_id, { status: "succeeded", metrics: told })
      return new StepResponse({ replay_id, metrics: told })
    } catch (error) {
      await intelligence.endReplay(replay_id, {
        status: "failed",
        error: error instanceof Error ? error.message : String(error),
      })
      throw error
    }
  },
)

/** The figures of `Replay` in types/http/admin, from those of `measure`. */
export function replayFigures(metrics: TrainingMetrics): Record<string, number> {
  const names: Record<string, string> = { cases: "hr10_cases" }
  for (const end of ["", "_low", "_high"]) {
    names[`hr10${end}`] = `hr10${end}`
    names[`new_hr10${end}`] = `new_hr10${end}`
    names[`active_hr10${end}`] = `hr10_active${end}`
    names[`new_active_hr10${end}`] = `new_hr10_active${end}`
    names[`gain${end}`] = `hr10_above_active${end}`
    names[`new_gain${end}`] = `new_hr10_above_active${end}`
  }
  const told: Record<string, number> = {}
  for (const [name, from] of Object.entries(names)) {
    if (metrics[from] !== undefined) told[name] = metrics[from]
  }
  return told
}
