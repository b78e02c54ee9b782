import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { AutomationChange } from "../../../modules/decisions/switchboard"
import { reschedule } from "../run-automations"

export interface UpdateAutomationInput {
  id: string
  /** `settings` are checked, and whole. */
  change: AutomationChange
  /** The version that was read before the change. */
  version: number
  actor_id: string
}

/** Changes an automation. */
export const updateAutomationStep = createStep(
  "update-automation",
  async ({ id, change, version, actor_id }: UpdateAutomationInput, { container }) => {
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await switchboard.setAutomation(id, change, version, actor_id)
    if (change.settings) await reschedule(container, id)
    return new StepResponse({ id }, { id, change, actor_id, before })
  },
  async (done, { container }) => {
    if (!done) return
    const { id, change, actor_id, before } = done
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await switchboard.setAutomation(
      id,
      {
        name: before.name,
        mode: before.mode.mode,
        canary_percent: before.mode.percent,
        holdout: before.holdout,
        // Only what was changed: each of these would make a version.
        ...(change.settings ? { settings: before.settings } : {}),
        ...(change.guard ? { guard: before.guard } : {}),
      },
      before.version + 1,
      actor_id,
    )
    if (change.settings) await reschedule(container, id)
  },
)
