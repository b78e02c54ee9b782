import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { deletePlacementStep } from "../steps/delete-placement"

export const deletePlacementWorkflow = createWorkflow(
  "marketing-delete-placement",
  (input: { id: string }) => {
    return new WorkflowResponse(deletePlacementStep(input))
  },
)
