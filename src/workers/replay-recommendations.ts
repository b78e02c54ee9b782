import { parentPort, workerData } from "node:worker_threads"
import {
  replayRecommendations,
  type ModelChoice,
  type ReplayOptions,
  type TrainingData,
  type TrainingMetrics,
} from "../core/recommendations"

/** What the host hands in; the columns lie in shared memory. */
export interface ReplayJob {
  data: TrainingData
  candidate: ModelChoice
  active: ModelChoice
  options: ReplayOptions
}

export type ReplayMessage =
  { type: "progress"; fraction: number } | { type: "done"; metrics: TrainingMetrics }

if (parentPort) {
  const port = parentPort
  const { data, candidate, active, options } = workerData as ReplayJob
  const send = (message: ReplayMessage): void => port.postMessage(message)
  const metrics = replayRecommendations(data, candidate, active, options, (fraction) =>
    send({ type: "progress", fraction }),
  )
  send({ type: "done", metrics })
}
