import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { withdrawPromisesStep, type WithdrawPromisesInput } from "../steps/withdraw-promises"

export const withdrawPromisesWorkflow = createWorkflow(
  "marketing-withdraw-promises",
  (input: WithdrawPromisesInput) => {
    return new WorkflowResponse(withdrawPromisesStep(input))
  },
)
