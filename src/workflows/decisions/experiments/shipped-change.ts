import type { MedusaContainer } from "@medusajs/framework/types"
import type { Placement } from "../../../core/recommendations"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { ExperimentRow, StoredArm } from "../../../modules/decisions/experiments"
import type { AutomationChange } from "../../../modules/decisions/switchboard"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../../modules/recommendations"
import { kindOf } from "../automation-answer"

/** What a target is to become when an arm is shipped, as its own update takes it. */
export type ShippedChange =
  | { type: "placement"; id: string; version: number; settings: Partial<Placement> }
  | { type: "automation"; id: string; version: number; change: AutomationChange }

/**
 * The settings that the arm lays over those of its target; an arm that is off switches it off. null: it is as it stands, or the
 * storefront's own, whose code is not ours to change.
 */
export async function shippedChange(
  container: MedusaContainer,
  { target_type, target_id }: ExperimentRow,
  { settings, off }: StoredArm,
): Promise<ShippedChange | null> {
  if (target_type === "storefront" || (!off && settings === null)) return null
  if (target_type === "placement") {
    const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
    const placement = (await placements.refresh()).get(target_id)
    if (!placement) return null
    const { id, version } = placement
    return {
      type: "placement",
      id,
      version,
      settings: off ? { enabled: false } : (settings as Partial<Placement>),
    }
  }
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const automation = await switchboard.automation(target_id)
  const { id, version } = automation
  if (off) return { type: "automation", id, version, change: { mode: "off" } }
  const whole = kindOf(automation).checkSettings({ ...automation.settings, ...settings })
  return { type: "automation", id, version, change: { settings: whole } }
}
