import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { startExperimentStep, type StartExperimentInput } from "../steps/start-experiment"

export const startExperimentWorkflow = createWorkflow(
  "marketing-start-experiment",
  (input: StartExperimentInput) => {
    return new WorkflowResponse(startExperimentStep(input))
  },
)
