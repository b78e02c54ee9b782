import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { createPlacementStep, type CreatePlacementInput } from "../steps/create-placement"

export const createPlacementWorkflow = createWorkflow(
  "marketing-create-placement",
  (input: CreatePlacementInput) => {
    return new WorkflowResponse(createPlacementStep(input))
  },
)
