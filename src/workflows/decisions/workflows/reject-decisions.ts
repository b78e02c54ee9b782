import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { rejectDecisionsStep, type RejectDecisionsInput } from "../steps/reject-decisions"

export const rejectDecisionsWorkflow = createWorkflow(
  "marketing-reject-decisions",
  (input: RejectDecisionsInput) => {
    return new WorkflowResponse(rejectDecisionsStep(input))
  },
)
