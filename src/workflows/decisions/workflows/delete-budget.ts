import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { deleteBudgetStep, type DeleteBudgetInput } from "../steps/delete-budget"

export const deleteBudgetWorkflow = createWorkflow("marketing-delete-budget", (input: DeleteBudgetInput) => {
  return new WorkflowResponse(deleteBudgetStep(input))
})
