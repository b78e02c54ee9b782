import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { resolveAlertStep, type ResolveAlertInput } from "../steps/resolve-alert"

export const resolveAlertWorkflow = createWorkflow("marketing-resolve-alert", (input: ResolveAlertInput) => {
  return new WorkflowResponse(resolveAlertStep(input))
})
