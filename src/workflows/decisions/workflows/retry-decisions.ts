import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { retryDecisionsStep, type RetryDecisionsInput } from "../steps/retry-decisions"

export const retryDecisionsWorkflow = createWorkflow(
  "marketing-retry-decisions",
  (input: RetryDecisionsInput) => {
    return new WorkflowResponse(retryDecisionsStep(input))
  },
)
