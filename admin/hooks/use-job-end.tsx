import { useEffect, useRef } from "react"
import type { JobProgress } from "../../src/types/http"
import { isUnderWay } from "../lib/jobs"

/** Calls `onEnd` once when a job that was seen under way has come to its end. */
export function useJobEnd(job: JobProgress | null | undefined, onEnd: (job: JobProgress) => void): void {
  const watched = useRef<string | null>(null)
  const handler = useRef(onEnd)

  useEffect(() => {
    handler.current = onEnd
  })

  useEffect(() => {
    if (!job) {
      return
    }
    if (isUnderWay(job)) {
      watched.current = job.id
    } else if (watched.current === job.id) {
      watched.current = null
      handler.current(job)
    }
  }, [job])
}
