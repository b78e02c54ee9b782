import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { createSnoozeStep, type CreateSnoozeInput } from "../steps/create-snooze"

export const createSnoozeWorkflow = createWorkflow("marketing-create-snooze", (input: CreateSnoozeInput) => {
  return new WorkflowResponse(createSnoozeStep(input))
})
