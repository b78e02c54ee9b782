import { createWorkflow, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import { reconcileRowsStep, type ReconcileInput } from "../steps/reconcile-rows"

/** Holds the event log against Medusa's rows; the result says what had been missing. */
export const reconcileSignalsWorkflow = createWorkflow(
  "marketing-reconcile-signals",
  (input: WorkflowData<ReconcileInput>) => {
    return new WorkflowResponse(reconcileRowsStep(input))
  },
)
