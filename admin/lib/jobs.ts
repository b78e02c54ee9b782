import type { JobProgress } from "../../src/types/http"

export function isUnderWay(job: JobProgress | null | undefined): boolean {
  return job?.status === "queued" || job?.status === "running"
}

/**
 * Of two pictures of a job, the one to believe. It is followed closely only while the overview has it under way, so
 * once the overview tells its end that is the newer one.
 */
export function latestOf<J extends JobProgress>(
  overview: J | null | undefined,
  followed: J | undefined,
): J | null {
  return isUnderWay(overview) && followed?.id === overview?.id ? (followed ?? null) : (overview ?? null)
}
