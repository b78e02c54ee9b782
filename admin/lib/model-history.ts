import type { ModelSummary } from "../../src/types/http"
import { hitRateOf } from "./hit-rate"

/** Ways to recommend that every training is held against, as its metrics name them. */
export const BASELINES = ["popularity", "frequency", "pairs"] as const
export type Baseline = (typeof BASELINES)[number]

export interface MeasuredModel {
  id: string
  version: number
  trained_at: string
  status: ModelSummary["status"]
  learned: number
  /** 95 % interval. */
  range: [number, number]
  baselines: Partial<Record<Baseline, number>>
}

/** The models that were measured, oldest first. */
export function modelHistory(models: readonly ModelSummary[]): MeasuredModel[] {
  return models
    .flatMap((model): MeasuredModel[] => {
      const rate = hitRateOf(model.metrics)
      if (!rate) {
        return []
      }
      const { id, version, trained_at, status } = model
      const baselines = Object.fromEntries(
        BASELINES.flatMap((name) => {
          const value = model.metrics[`hr10_${name}`]
          return value === undefined ? [] : [[name, value]]
        }),
      )
      return [
        { id, version, trained_at, status, learned: rate.learned, range: [rate.low, rate.high], baselines },
      ]
    })
    .sort((a, b) => a.trained_at.localeCompare(b.trained_at))
}
