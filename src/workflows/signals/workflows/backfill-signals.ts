import type { MedusaContainer } from "@medusajs/framework/types"
import { emitEventStep } from "@medusajs/medusa/core-flows"
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { JobProgress } from "../../../types/http/admin"
import { awaitBackfill, workOffBackfill } from "../steps/backfill-rows"
import { startBackfillStep } from "../steps/backfill-start"

/** Wakes a worker; a job looks every minute for runs that nobody works on, should it be lost. */
export const BACKFILL_REQUESTED = "marketing.backfill_requested"

/** Starts a back-fill of the log from what Medusa already holds, or gives the one under way. */
export const startBackfillWorkflow = createWorkflow("marketing-start-backfill-signals", () => {
  const run = startBackfillStep()
  emitEventStep({ eventName: BACKFILL_REQUESTED, data: { id: run.id } })
  return new WorkflowResponse(run)
})

/** Back-fills and waits for it, as the demo does before it learns. */
export async function runBackfill(
  container: MedusaContainer,
  onProgress?: (progress: JobProgress) => void,
): Promise<JobProgress> {
  const { result: run } = await startBackfillWorkflow(container).run()
  return (await workOffBackfill(container, onProgress)) ?? awaitBackfill(container, run.id, onProgress)
}
