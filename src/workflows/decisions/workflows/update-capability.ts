import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { updateCapabilityStep, type UpdateCapabilityInput } from "../steps/update-capability"

export const updateCapabilityWorkflow = createWorkflow(
  "marketing-update-capability",
  (input: UpdateCapabilityInput) => {
    return new WorkflowResponse(updateCapabilityStep(input))
  },
)
