import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { activateModelStep } from "../steps/activate-model"

export const activateModelWorkflow = createWorkflow("marketing-activate-model", (input: { id: string }) => {
  return new WorkflowResponse(activateModelStep(input))
})
