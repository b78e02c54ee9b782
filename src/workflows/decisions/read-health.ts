import type { MedusaContainer } from "@medusajs/framework/types"
import type { Capability } from "../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import { READER } from "./run-automations"

/** What can stand still in the pipeline of decisions. Times in Unix milliseconds. */
export interface DecisionHealth {
  /** Since when the first event that the automations have yet to read has waited; null: none does. */
  unread_since: number | null
  /** Since when the delivery that has waited longest is due; null: none is. What is stopped or put off is not. */
  due_since: number | null
  /** Deliveries that were given up and that nobody has seen to. */
  failed: number
  tripped: Capability[]
}

export async function readHealth(container: MedusaContainer, now: number): Promise<DecisionHealth> {
  const service = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const open = { key: "delivery_failed", resolved_at: null }
  const [unread_since, due_since, [, failed], { rows }] = await Promise.all([
    unreadSince(container, service),
    service.deliveries.dueSince(now),
    service.listAndCountAlerts(open, { take: 1 }),
    service.switchboard.fresh(),
  ])
  const tripped = [...rows.values()].flatMap(({ id, tripped_at }) =>
    id === "store" || tripped_at === null ? [] : [id],
  )
  return { unread_since, due_since, failed, tripped }
}

async function unreadSince(
  container: MedusaContainer,
  { watches }: DecisionsModuleService,
): Promise<number | null> {
  const position = await watches.cursor(READER)
  // They have never run: then they do not care for the past.
  if (position === null) return null
  const { reader } = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const { events, next } = await reader.after(position, 1)
  return events.length === 0 ? null : Date.parse(next.received_at)
}
