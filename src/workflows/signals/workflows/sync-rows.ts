import { createWorkflow, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import { syncRowsStep, type SyncRowsInput } from "../steps/sync-rows"

/** Brings what happened to some rows into the event log; the result is the number of new events. */
export const syncRowsWorkflow = createWorkflow(
  "marketing-sync-rows",
  (input: WorkflowData<SyncRowsInput>) => {
    return new WorkflowResponse(syncRowsStep(input))
  },
)
