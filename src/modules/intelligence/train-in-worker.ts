import { performance } from "node:perf_hooks"
import type {
  ModelChoice,
  ReplayOptions,
  TrainingData,
  TrainingMetrics,
  TrainingOptions,
  TrainingProgress,
} from "../../core/recommendations"
import type { ReplayJob, ReplayMessage } from "../../workers/replay-recommendations"
import type { TrainingJob, TrainingMessage } from "../../workers/train-recommendations"
import { runInWorker } from "../../providers/run-in-worker"

export interface TrainInWorkerOptions {
  onProgress?: (progress: TrainingProgress) => void
  /** Ends the thread; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal
}

export interface TrainedInWorker {
  /** A model as `parseModel` reads it. */
  bytes: Uint8Array
  metrics: TrainingMetrics
  milliseconds: number
}

/** Trains in a thread of its own, see `runInWorker`. */
export function trainInWorker(
  data: TrainingData,
  options: TrainingOptions,
  { onProgress, signal }: TrainInWorkerOptions = {},
): Promise<TrainedInWorker> {
  const started = performance.now()
  const job: TrainingJob = { data, options }
  return runInWorker<TrainingMessage, TrainedInWorker>(
    "train-recommendations",
    job,
    (message) => {
      if (message.type === "done") {
        const { bytes, metrics } = message
        return { result: { bytes, metrics, milliseconds: performance.now() - started } }
      }
      onProgress?.(message.progress)
      return null
    },
    signal,
  )
}

/** Replays in a thread of its own; see `replayRecommendations`. */
export function replayInWorker(
  data: TrainingData,
  choices: { candidate: ModelChoice; active: ModelChoice },
  options: ReplayOptions,
  onProgress: (fraction: number) => void,
): Promise<TrainingMetrics> {
  const job: ReplayJob = { data, ...choices, options }
  return runInWorker<ReplayMessage, TrainingMetrics>("replay-recommendations", job, (message) => {
    if (message.type === "done") return { result: message.metrics }
    onProgress(message.fraction)
    return null
  })
}
