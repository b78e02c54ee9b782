import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { createBudgetStep, type CreateBudgetInput } from "../steps/create-budget"

export const createBudgetWorkflow = createWorkflow("marketing-create-budget", (input: CreateBudgetInput) => {
  return new WorkflowResponse(createBudgetStep(input))
})
