import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { AutomationRow } from "../../modules/decisions/switchboard"
import type { AutomationSummary } from "../../types/http/decisions"
import { automationAnswer } from "./automation-answer"

const COUNTED_MS = 28 * 86_400_000

/** Automations as the admin shows them, with what they did in the last 28 days: three reads, however many they are. */
export async function summariesOf(
  container: MedusaContainer,
  automations: readonly AutomationRow[],
  now: number,
): Promise<AutomationSummary[]> {
  const service = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const [snapshot, totals] = await Promise.all([
    service.switchboard.fresh(),
    service.totals.ofAutomations(
      automations.map(({ id }) => id),
      now - COUNTED_MS,
    ),
  ])
  return automations.map((automation) => automationAnswer(automation, snapshot, totals.get(automation.id)!))
}

/** @throws NOT_FOUND */
export async function readAutomation(
  container: MedusaContainer,
  id: string,
  now: number,
): Promise<AutomationSummary> {
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  return (await summariesOf(container, [await switchboard.automation(id)], now))[0]
}
