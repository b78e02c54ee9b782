import type { MedusaContainer } from "@medusajs/framework/types"
import type { ExperimentPlan } from "../../../modules/decisions/experiments"
import { reschedule } from "../run-automations"

/** What an automation waits for depends on the settings of its arms: they hold from now on, or no longer. */
export async function targetChanged(
  container: MedusaContainer,
  { target_type, target_id }: Pick<ExperimentPlan, "target_type" | "target_id">,
): Promise<void> {
  if (target_type === "automation") await reschedule(container, target_id)
}
