import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import { proposalOf, type DeliveredDecision } from "../../modules/decisions/delivered-decision"
import { AUTOMATION_KINDS } from "./kinds"

/**
 * Those that are no longer wanted: the automation that proposed them knows of something that has happened since (the cart was bought). What
 * no automation of ours proposed is wanted.
 */
export async function unwantedAmong(
  container: MedusaContainer,
  decisions: readonly DeliveredDecision[],
): Promise<Set<string>> {
  const { switchboard, watches } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const unwanted = new Set<string>()
  const byAutomation = new Map<string, DeliveredDecision[]>()
  for (const decision of decisions) {
    if (decision.automation_id === null) continue
    const some = byAutomation.get(decision.automation_id)
    if (some) some.push(decision)
    else byAutomation.set(decision.automation_id, [decision])
  }
  if (byAutomation.size === 0) return unwanted
  const { automations } = await switchboard.fresh()
  for (const [automation_id, some] of byAutomation) {
    const kind = AUTOMATION_KINDS.get(automations.get(automation_id)?.kind ?? "")
    if (!kind) continue
    const states = await watches.states(
      automation_id,
      some.map(({ subject }) => subject.id),
    )
    for (const decision of some) {
      const state = states.get(decision.subject.id)
      if (state === undefined || !kind.stillWanted(state, proposalOf(decision))) unwanted.add(decision.id)
    }
  }
  return unwanted
}
