import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { erasePersonStep } from "../steps/erase-person"

/** Erases everything this plugin holds of a customer. Each capability that keeps personal data adds its step here. */
export const erasePersonWorkflow = createWorkflow(
  "marketing-erase-person",
  (input: { customer_id: string }) => {
    return new WorkflowResponse(erasePersonStep(input.customer_id))
  },
)
