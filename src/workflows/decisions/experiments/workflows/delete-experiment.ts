import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { deleteExperimentStep, type DeleteExperimentInput } from "../steps/delete-experiment"

export const deleteExperimentWorkflow = createWorkflow(
  "marketing-delete-experiment",
  (input: DeleteExperimentInput) => {
    return new WorkflowResponse(deleteExperimentStep(input))
  },
)
