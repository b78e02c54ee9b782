import type { MedusaContainer } from "@medusajs/framework/types"
import { armOf } from "../../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import { unitOf, type Asking } from "./unit-of"

export interface StorefrontArm {
  experiment_id: string
  /** What the storefront asks with. */
  key: string
  unit: string
  arm: string
  settings: Record<string, unknown> | null
  off: boolean
}

/**
 * The running storefront experiments in which somebody takes part, with their arm. None while the store's kill switch is pulled: then every
 * shopper sees the storefront as it is.
 */
export async function armsFor(
  container: MedusaContainer,
  asking: Asking,
  now: number,
): Promise<StorefrontArm[]> {
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { store_killed, experiments } = await switchboard.snapshot(now)
  const running = experiments.filter(({ target }) => target.type === "storefront")
  if (store_killed || running.length === 0) return []
  const unit = await unitOf(container, asking, now)
  if (unit === null) return []
  return running.flatMap((experiment) => {
    const key = armOf(unit, experiment)
    const arm = experiment.arms.find((one) => one.key === key)
    if (!arm) return []
    const { settings, off } = arm
    return [{ experiment_id: experiment.id, key: experiment.target.id, unit, arm: arm.key, settings, off }]
  })
}
