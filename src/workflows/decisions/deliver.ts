import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Money } from "../../core/decisions"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import { mayNotReach } from "../../modules/decisions/approvals"
import { proposalOf, type DeliveredDecision } from "../../modules/decisions/delivered-decision"
import { circumstancesOf } from "./circumstances"
import { afterDeciding } from "./decide"
import { deliveryPort, PermanentFailure, type DeliveryPort } from "./ports"
import { unwantedAmong } from "./still-wanted"

/** So many are at the ports at once. */
const AT_ONCE = 16
/** A port that is slow keeps its own place, and the others' only so long. */
const REFILL_EVERY_MS = 250
const DEFERRED_AT_ONCE = 500
const RENEW_EVERY_MS = 10_000
const PORT_TIMEOUT_MS = 60_000
/** What was let through longer ago than this is asked again. */
const ASKED_AGAIN_AFTER_MS = 60_000
/** Between attempts to note that something was done. */
const SETTLE_PAUSES_MS: readonly number[] = [250, 1_000] as const

/** Names this process to the others. */
const owner = `${process.pid}-${randomUUID()}`

let running: Promise<void> | null = null
let wanted = false

/** Deliveries that are at a port, by id. */
type UnderWay = Map<string, { done: Promise<void>; renewUntil: number }>

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
  const underWay: UnderWay = new Map()
  const renewing = setInterval(() => void renew(container, underWay, clock()), RENEW_EVERY_MS)
  try {
    while (!service.stopping) {
      if (wanted) {
        wanted = false
        await service.deliveries.expire(clock())
        await releaseDeferred(container, clock())
      }
      const free = AT_ONCE - underWay.size
      const claimed = free > 0 ? await service.deliveries.claim(owner, free, clock()) : []
      if (claimed.length > 0) await begin(container, claimed, underWay, clock)
      else if (underWay.size === 0 && !wanted) return
      await Promise.race([ended(underWay), sleep(REFILL_EVERY_MS, undefined, { ref: false })])
    }
  } finally {
    await ended(underWay)
    clearInterval(renewing)
  }
}

async function ended(underWay: UnderWay): Promise<void> {
  await Promise.all(Array.from(underWay.values(), ({ done }) => done))
}

/** Says that these are still being worked at, as long as their ports may take. */
async function renew(container: MedusaContainer, underWay: UnderWay, now: number): Promise<void> {
  const ids = [...underWay].filter(([, { renewUntil }]) => Date.now() < renewUntil).map(([id]) => id)
  if (ids.length === 0) return
  try {
    await container.resolve<DecisionsModuleService>(DECISIONS_MODULE).deliveries.renew(ids, owner, now)
  } catch (error) {
    loggerOf(container).warn(`decisions: a lease was not renewed: ${String(error)}`)
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

/** Gives what was claimed to the ports; returns when they are at it. */
async function begin(
  container: MedusaContainer,
  claimed: readonly DeliveredDecision[],
  underWay: UnderWay,
  clock: () => number,
): Promise<void> {
  const { deliveries, deferrals, switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const circumstances = await circumstancesOf(container, claimed)
  const now = clock()
  const waited = claimed.filter(({ decided_at }) => now - decided_at > ASKED_AGAIN_AFTER_MS)
  const against = await deferrals.putOff(waited, owner, circumstances, now)
  const unwanted = await unwantedAmong(container, claimed)
  // Not from memory: what is given back because of a switch that has been released would be claimed again at once.
  const { store_killed, capabilities } = await switchboard.fresh()
  const end = async (decision: DeliveredDecision, port: DeliveryPort | null): Promise<void> => {
    const { id, capability } = decision
    const reasons = against.get(id) ?? []
    const never = reasons.find(({ until }) => until === null)
    if (reasons.length > 0 && never === undefined) return
    if (unwanted.has(id)) return deliveries.withdraw(id, owner, "no longer wanted", clock())
    if (never !== undefined) return deliveries.withdraw(id, owner, never.code, clock())
    if (mayNotReach(proposalOf(decision), circumstances)) {
      return deliveries.withdraw(id, owner, "consent", clock())
    }
    if (store_killed || capabilities.get(capability)?.killed) return deliveries.giveBack(id, owner)
    return deliverOne(container, decision, port, clock)
  }
  for (const decision of claimed) {
    const port = deliveryPort(decision.action.type)
    const done = end(decision, port)
      // What could not be written down keeps its lease, and is taken up again when that has run out.
      .catch((error: unknown) =>
        loggerOf(container).error(`decisions: a delivery was not noted: ${String(error)}`),
      )
      .finally(() => underWay.delete(decision.id))
    // It is asked twice at most: whether it is still wanted, and to do it.
    underWay.set(decision.id, { done, renewUntil: Date.now() + 2 * timeoutOf(port) })
  }
}

async function deliverOne(
  container: MedusaContainer,
  decision: DeliveredDecision,
  port: DeliveryPort | null,
  clock: () => number,
): Promise<void> {
  const { deliveries } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { id, action } = decision
  const failed = async (error: unknown): Promise<void> => {
    const message = error instanceof Error ? error.message : String(error)
    await deliveries.fail(id, owner, message, error instanceof PermanentFailure, clock())
  }
  if (port === null) return failed(new Error(`No delivery port is registered for "${action.type}"`))
  let wantedStill = true
  let cost: Money | null = null
  try {
    if (port.stillWanted) wantedStill = await inTime(port.stillWanted(container, decision), port)
    if (wantedStill) cost = (await inTime(port.deliver(container, decision), port)).settled_cost ?? null
  } catch (error) {
    return failed(error)
  }
  if (!wantedStill) return deliveries.withdraw(id, owner, "no longer wanted", clock())
  // It is done: what fails from here on is the writing down alone.
  for (const pause of SETTLE_PAUSES_MS) {
    try {
      return await deliveries.settle(id, cost, clock())
    } catch (error) {
      loggerOf(container).warn(`decisions: ${id} is done and was not settled yet: ${String(error)}`)
      await sleep(pause)
    }
  }
  await deliveries.settle(id, cost, clock())
}

function timeoutOf(port: DeliveryPort | null): number {
  return port?.timeout_ms ?? PORT_TIMEOUT_MS
}

/** @throws when the port has not answered by its timeout */
async function inTime<T>(answer: Promise<T>, port: DeliveryPort): Promise<T> {
  const ms = timeoutOf(port)
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The delivery port did not answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

const loggerOf = (container: MedusaContainer) => container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
