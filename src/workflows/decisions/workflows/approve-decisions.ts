import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { approveDecisionsStep, type ApproveDecisionsInput } from "../steps/approve-decisions"

export const approveDecisionsWorkflow = createWorkflow(
  "marketing-approve-decisions",
  (input: ApproveDecisionsInput) => {
    return new WorkflowResponse(approveDecisionsStep(input))
  },
)
