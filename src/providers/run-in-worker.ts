import path from "node:path"
import { Worker } from "node:worker_threads"

/** ".ts" when run from source, ".js" when built. */
const EXTENSION = path.extname(__filename)

const MAX_HEAP_MB = 1024

/**
 * Runs an entry of src/workers in a thread of its own, so that the shop answers meanwhile. Shared memory in `job` is not
 * copied: do not change it until this settles. `onMessage` answers whether the message was the last, and with what. Settles
 * once, and the thread is gone when it does.
 */
export async function runInWorker<Message, Result>(
  entry: string,
  job: unknown,
  onMessage: (message: Message) => { result: Result } | null,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted()
  const worker = new Worker(path.join(__dirname, "..", "workers", `${entry}${EXTENSION}`), {
    workerData: job,
    // A thread does not inherit the loader that lets the command line run TypeScript.
    execArgv: EXTENSION === ".ts" ? ["-r", require.resolve("ts-node/register/transpile-only")] : [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  let abort: (() => void) | undefined
  try {
    return await new Promise<Result>((resolve, reject) => {
      abort = () => reject(signal?.reason as Error)
      signal?.addEventListener("abort", abort, { once: true })
      worker.on("message", (message: Message) => {
        const end = onMessage(message)
        if (end !== null) resolve(end.result)
      })
      worker.on("error", reject)
      worker.on("exit", (code) =>
        reject(new Error(`${entry}: the thread ended with code ${code} before it was done`)),
      )
    })
  } finally {
    if (abort !== undefined) signal?.removeEventListener("abort", abort)
    await worker.terminate()
  }
}
