import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { updateBudgetStep, type UpdateBudgetInput } from "../steps/update-budget"

export const updateBudgetWorkflow = createWorkflow("marketing-update-budget", (input: UpdateBudgetInput) => {
  return new WorkflowResponse(updateBudgetStep(input))
})
