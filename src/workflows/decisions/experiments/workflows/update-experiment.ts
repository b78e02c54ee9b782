import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { updateExperimentStep, type UpdateExperimentInput } from "../steps/update-experiment"

export const updateExperimentWorkflow = createWorkflow(
  "marketing-update-experiment",
  (input: UpdateExperimentInput) => {
    return new WorkflowResponse(updateExperimentStep(input))
  },
)
