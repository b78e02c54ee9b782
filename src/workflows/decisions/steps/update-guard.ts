import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { GuardPolicy } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"

export interface UpdateGuardInput {
  /** Money in minor units. */
  change: Partial<GuardPolicy>
  actor_id: string
}

/** Changes some of what holds for every decision. */
export const updateGuardStep = createStep(
  "update-guard",
  async ({ change, actor_id }: UpdateGuardInput, { container }) => {
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    const before = await switchboard.setGuard(change, actor_id)
    return new StepResponse({ change }, { before, actor_id })
  },
  async (done, { container }) => {
    if (!done) return
    const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await switchboard.setGuard(done.before, done.actor_id)
  },
)
