import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { updatePlacementStep, type UpdatePlacementInput } from "../steps/update-placement"

export const updatePlacementWorkflow = createWorkflow(
  "marketing-update-placement",
  (input: UpdatePlacementInput) => {
    return new WorkflowResponse(updatePlacementStep(input))
  },
)
