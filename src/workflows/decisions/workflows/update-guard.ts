import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { updateGuardStep, type UpdateGuardInput } from "../steps/update-guard"

export const updateGuardWorkflow = createWorkflow("marketing-update-guard", (input: UpdateGuardInput) => {
  return new WorkflowResponse(updateGuardStep(input))
})
