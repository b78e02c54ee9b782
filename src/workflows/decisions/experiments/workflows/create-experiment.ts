import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { createExperimentStep, type CreateExperimentInput } from "../steps/create-experiment"

export const createExperimentWorkflow = createWorkflow(
  "marketing-create-experiment",
  (input: CreateExperimentInput) => {
    return new WorkflowResponse(createExperimentStep(input))
  },
)
