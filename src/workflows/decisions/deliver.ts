import { randomUUID } from "node:crypto"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import { mayNotReach } from "../../modules/decisions/approvals"
import type { Circumstances } from "../../modules/decisions/batch-facts"
import { proposalOf, type DeliveredDecision } from "../../modules/decisions/delivered-decision"
import { circumstancesOf } from "./circumstances"
import { afterDeciding } from "./decide"
import { deliveryPort, PermanentFailure } from "./ports"
import { unwantedAmong } from "./still-wanted"

/** So many are at the ports at once. */
const AT_ONCE = 16
const DEFERRED_AT_ONCE = 500
const RENEW_EVERY_MS = 10_000

/** Names this process to the others. */
const owner = `${process.pid}-${randomUUID()}`

let running: Promise<void> | null = null
let wanted = false

/**
 * Delivers until nothing is due. One at a time in a process: a call while one is at work has that look once more. `clock` gives Unix
 * milliseconds.
 */
export function deliverDue(container: MedusaContainer, clock: () => number = Date.now): Promise<void> {
  wanted = true
  running ??= work(container, clock).finally(() => (running = null))
  return running
}

async function work(container: MedusaContainer, clock: () => number): Promise<void> {
  const service = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  while (wanted && !service.stopping) {
    wanted = false
    await service.deliveries.expire(clock())
    await releaseDeferred(container, clock())
    for (;;) {
      if (service.stopping) return
      const claimed = await service.deliveries.claim(owner, AT_ONCE, clock())
      if (claimed.length === 0) break
      await deliverAll(container, claimed, clock)
    }
  }
}

/** Looks again at what the guard has put off and what is due; returns how many may be delivered now. */
export async function releaseDeferred(container: MedusaContainer, now: number): Promise<number> {
  const { deferrals } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  let released = 0
  for (;;) {
    const due = await deferrals.due(DEFERRED_AT_ONCE, now)
    if (due.length === 0) return released
    const unwanted = await unwantedAmong(container, due)
    await deferrals.withdraw([...unwanted])
    const still = due.filter(({ id }) => !unwanted.has(id))
    const circumstances = await circumstancesOf(container, still)
    const again = await deferrals.release(still, circumstances, now)
    await afterDeciding(container, { rows: [], tripped: again.tripped })
    released += again.rows.filter(({ outcome }) => outcome === "act").length
    if (due.length < DEFERRED_AT_ONCE) return released
  }
}

async function deliverAll(
  container: MedusaContainer,
  claimed: readonly DeliveredDecision[],
  clock: () => number,
): Promise<void> {
  const { deliveries } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const ids = claimed.map(({ id }) => id)
  const renewing = setInterval(() => {
    deliveries
      .renew(ids, owner, clock())
      .catch((error: unknown) => logger.warn(`decisions: a lease was not renewed: ${String(error)}`))
  }, RENEW_EVERY_MS)
  try {
    const circumstances = await circumstancesOf(container, claimed)
    const unwanted = await unwantedAmong(container, claimed)
    const ends = await Promise.allSettled(
      claimed.map((decision) => {
        const why = unwanted.has(decision.id) ? "no longer wanted" : null
        return deliverOne(container, decision, circumstances, why, clock)
      }),
    )
    // What could not be written down keeps its lease, and is taken up again when that has run out.
    for (const end of ends) {
      if (end.status === "rejected")
        logger.error(`decisions: a delivery was not noted: ${String(end.reason)}`)
    }
  } finally {
    clearInterval(renewing)
  }
}

async function deliverOne(
  container: MedusaContainer,
  decision: DeliveredDecision,
  circumstances: Circumstances,
  unwanted: string | null,
  clock: () => number,
): Promise<void> {
  const { deliveries, switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { id, action, capability } = decision
  if (unwanted !== null) return deliveries.withdraw(id, owner, unwanted, clock())
  if (mayNotReach(proposalOf(decision), circumstances)) {
    return deliveries.withdraw(id, owner, "consent", clock())
  }
  const { store_killed, capabilities } = await switchboard.snapshot(Date.now())
  if (store_killed || capabilities.get(capability)?.killed) return deliveries.giveBack(id, owner)
  const port = deliveryPort(action.type)
  try {
    if (port === null) throw new Error(`No delivery port is registered for "${action.type}"`)
    if (port.stillWanted && !(await port.stillWanted(container, decision))) {
      return await deliveries.withdraw(id, owner, "no longer wanted", clock())
    }
    const { settled_cost } = await port.deliver(container, decision)
    await deliveries.settle(id, settled_cost ?? null, clock())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await deliveries.fail(id, owner, message, error instanceof PermanentFailure, clock())
  }
}
