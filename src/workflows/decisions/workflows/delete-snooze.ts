import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { deleteSnoozeStep, type DeleteSnoozeInput } from "../steps/delete-snooze"

export const deleteSnoozeWorkflow = createWorkflow("marketing-delete-snooze", (input: DeleteSnoozeInput) => {
  return new WorkflowResponse(deleteSnoozeStep(input))
})
