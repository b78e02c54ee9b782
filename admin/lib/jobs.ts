import type { JobProgress } from "../../src/types/http"

export function isUnderWay(job: JobProgress | null | undefined): boolean {
  return job?.status === "queued" || job?.status === "running"
}

/** Of two pictures of a job, the one to believe: the followed one, unless the overview tells of another job. */
export function latestOf<J extends JobProgress>(overview: J | null | undefined, followed: J | undefined) {
  return followed && followed.id === overview?.id ? followed : (overview ?? null)
}
