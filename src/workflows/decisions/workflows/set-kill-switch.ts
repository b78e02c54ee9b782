import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { setKillSwitchStep, type SetKillSwitchInput } from "../steps/set-kill-switch"

export const setKillSwitchWorkflow = createWorkflow(
  "marketing-set-kill-switch",
  (input: SetKillSwitchInput) => {
    return new WorkflowResponse(setKillSwitchStep(input))
  },
)
