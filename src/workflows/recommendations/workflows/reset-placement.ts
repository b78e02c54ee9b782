import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { resetPlacementStep } from "../steps/reset-placement"

export const resetPlacementWorkflow = createWorkflow("marketing-reset-placement", (input: { id: string }) => {
  return new WorkflowResponse(resetPlacementStep(input))
})
