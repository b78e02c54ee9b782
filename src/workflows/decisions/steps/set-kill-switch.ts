import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { Capability } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface SetKillSwitchInput {
  scope: "store" | Capability
  killed: boolean
  reason?: string | null
  actor_id: string
}

/** Pulls or releases a kill switch. */
export const setKillSwitchStep = createStep(
  "set-kill-switch",
  async (input: SetKillSwitchInput, { container }) => {
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await switchboard.setKill(input)
    return new StepResponse({ scope: input.scope }, { ...input, before })
  },
  async (done, { container }) => {
    if (!done) return
    const { scope, actor_id, before } = done
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await switchboard.setKill({
      scope,
      killed: before.killed_at !== null,
      reason: before.kill_reason,
      actor_id,
    })
  },
)
