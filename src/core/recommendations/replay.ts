import { measure } from "./measure"
import { checked, latestPurchase, TRAINING_DEFAULTS } from "./train"
import type { ForYouChoice, TrainingData, TrainingMetrics } from "./types"

export interface ReplayOptions {
  /** Unix milliseconds. */
  now: number
  /** Length of the replayed past, in days. */
  days: number
  seed: number
  neighbours?: number
  resamples?: number
}

/**
 * Replays a store's last days before a switch: both choices learn from what came before them, and guess the same next orders.
 * Neither has seen the replayed days, although both models, as they serve, have learned from them. Figures as in `measure`,
 * those of the other choice under `..._active`.
 * Cost: two fits of the chosen components.
 */
export function replayRecommendations(
  data: TrainingData,
  candidate: ForYouChoice,
  active: ForYouChoice,
  options: ReplayOptions,
  onProgress: (fraction: number) => void = () => {},
): TrainingMetrics {
  const { now, days, seed } = options
  const { window, neighbours } = checked({ now, holdout_days: days, neighbours: options.neighbours })
  const end = latestPurchase(data, now)
  return measure(
    data,
    { cut: end - window, until: end },
    candidate,
    { neighbours, seed, resamples: options.resamples ?? TRAINING_DEFAULTS.resamples, against: active },
    onProgress,
  )
}
