import { parentPort, workerData } from "node:worker_threads"
import {
  serialiseModel,
  trainRecommendations,
  type TrainingData,
  type TrainingMetrics,
  type TrainingOptions,
  type TrainingProgress,
} from "../core/recommendations"

/** What the host hands in; the columns lie in shared memory. */
export interface TrainingJob {
  data: TrainingData
  options: TrainingOptions
}

export type TrainingMessage =
  | { type: "progress"; progress: TrainingProgress }
  | { type: "done"; bytes: Uint8Array; metrics: TrainingMetrics }

if (parentPort) {
  const port = parentPort
  const { data, options } = workerData as TrainingJob
  const send = (message: TrainingMessage, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer)
  const { model, metrics } = trainRecommendations(data, options, (progress) =>
    send({ type: "progress", progress }),
  )
  const bytes = serialiseModel(model)
  send({ type: "done", bytes, metrics }, [bytes.buffer as ArrayBuffer])
}
