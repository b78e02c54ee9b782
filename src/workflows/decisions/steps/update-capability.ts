import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { Capability } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { CapabilityChange } from "../../../modules/decisions/switchboard"

export interface UpdateCapabilityInput {
  capability: Capability
  change: CapabilityChange
  /** The version that was read before the change. */
  version: number
  actor_id: string
}

/** Changes how far a capability may go. */
export const updateCapabilityStep = createStep(
  "update-capability",
  async ({ capability, change, version, actor_id }: UpdateCapabilityInput, { container }) => {
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await switchboard.setCapability(capability, change, version, actor_id)
    return new StepResponse({ capability }, { capability, actor_id, before })
  },
  async (done, { container }) => {
    if (!done) return
    const { capability, actor_id, before } = done
    const { mode, canary_percent, holdout } = before
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await switchboard.setCapability(
      capability,
      { mode, canary_percent, holdout },
      before.version + 1,
      actor_id,
    )
  },
)
