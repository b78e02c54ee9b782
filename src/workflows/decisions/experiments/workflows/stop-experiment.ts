import { createWorkflow, transform, when, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  updatePlacementStep,
  type UpdatePlacementInput,
} from "../../../recommendations/steps/update-placement"
import { updateAutomationStep, type UpdateAutomationInput } from "../../steps/update-automation"
import { stopExperimentStep, type StopExperimentInput } from "../steps/stop-experiment"

/** Ends an experiment, and has its target take over the shipped arm's settings by the target's own update. */
export const stopExperimentWorkflow = createWorkflow(
  "marketing-stop-experiment",
  (input: StopExperimentInput) => {
    const stopped = stopExperimentStep(input)
    when("ship-to-placement", stopped, ({ shipped }) => shipped?.type === "placement").then(() => {
      updatePlacementStep(transform(stopped, ({ shipped }) => shipped as unknown as UpdatePlacementInput))
    })
    when("ship-to-automation", stopped, ({ shipped }) => shipped?.type === "automation").then(() => {
      updateAutomationStep(
        transform(
          { stopped, input },
          (given) =>
            ({
              ...given.stopped.shipped,
              actor_id: given.input.actor_id,
            }) as unknown as UpdateAutomationInput,
        ),
      )
    })
    return new WorkflowResponse(transform(stopped, ({ id }) => ({ id })))
  },
)
