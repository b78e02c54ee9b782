import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { updateAutomationStep, type UpdateAutomationInput } from "../steps/update-automation"

export const updateAutomationWorkflow = createWorkflow(
  "marketing-update-automation",
  (input: UpdateAutomationInput) => {
    return new WorkflowResponse(updateAutomationStep(input))
  },
)
