import path from "node:path"
import { performance } from "node:perf_hooks"
import { Worker } from "node:worker_threads"
import type {
  TrainingData,
  TrainingMetrics,
  TrainingOptions,
  TrainingProgress,
} from "../../core/recommendations"
import type { TrainingJob, TrainingMessage } from "../../workers/train-recommendations"

/** ".ts" when run from source, ".js" when built. */
const EXTENSION = path.extname(__filename)

const MAX_HEAP_MB = 1024

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

/**
 * Trains in a thread of its own, so that the shop answers meanwhile. The columns of `data` are shared, not copied:
 * do not change them until this settles. It settles once, and the thread is gone when it does.
 */
export async function trainInWorker(
  data: TrainingData,
  options: TrainingOptions,
  { onProgress, signal }: TrainInWorkerOptions = {},
): Promise<TrainedInWorker> {
  signal?.throwIfAborted()
  const started = performance.now()
  const worker = new Worker(
    path.join(__dirname, "..", "..", "workers", `train-recommendations${EXTENSION}`),
    {
      workerData: { data, options } satisfies TrainingJob,
      // A thread does not inherit the loader that lets the command line run TypeScript.
      execArgv: EXTENSION === ".ts" ? ["-r", require.resolve("ts-node/register/transpile-only")] : [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    },
  )
  let abort: (() => void) | undefined
  try {
    return await new Promise<TrainedInWorker>((resolve, reject) => {
      abort = () => reject(signal?.reason as Error)
      signal?.addEventListener("abort", abort, { once: true })
      worker.on("message", (message: TrainingMessage) => {
        if (message.type === "progress") onProgress?.(message.progress)
        else {
          const { bytes, metrics } = message
          resolve({ bytes, metrics, milliseconds: performance.now() - started })
        }
      })
      worker.on("error", reject)
      worker.on("exit", (code) =>
        reject(new Error(`training: the thread ended with code ${code} before it was done`)),
      )
    })
  } finally {
    if (abort !== undefined) signal?.removeEventListener("abort", abort)
    await worker.terminate()
  }
}
