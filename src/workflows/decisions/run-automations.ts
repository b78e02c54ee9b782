import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  automationRun,
  dueOf,
  expiryOf,
  foldPage,
  inOrder,
  personKey,
  proposeDue,
  type AutomationRun,
  type Look,
  type Person,
} from "../../core/decisions"
import type { LogEvent } from "../../core/signals"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { DecidedRows } from "../../modules/decisions/recorder"
import { lockDeciding } from "../../modules/decisions/recorder"
import type { AutomationRow, Snapshot } from "../../modules/decisions/switchboard"
import { readSnapshot } from "../../modules/decisions/switchboard-rows"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { LogPage } from "../../modules/signals/log-reader"
import { customersAmong } from "./circumstances"
import { afterDeciding, decideWithin } from "./decide"
import { AUTOMATION_KINDS } from "./kinds"

/** Under this name their place in the log is kept. */
export const READER = "automations"
const PAGE = 2_000
/** Keys of one automation that are looked at in one transaction. */
const MOST_DUE = 2_000
/** Keys of one automation that are given another due time in one transaction. */
const RESCHEDULED_AT_ONCE = 2_000
/** Characters of an error that an alert quotes. */
const MOST_TOLD = 500

export interface AutomationsRun {
  /** Events that were folded. */
  events: number
  decided: number
}

let running: Promise<AutomationsRun> | null = null

/**
 * Reads what is new in the log, and looks at what is due at `now` (Unix milliseconds): each event is folded once and each look decided
 * once, whatever dies or races, because states, decisions and the place in the log change in one transaction. One at a time in a process.
 */
export function runAutomations(container: MedusaContainer, now = Date.now()): Promise<AutomationsRun> {
  running ??= readLog(container, now).finally(() => (running = null))
  return running
}

async function readLog(container: MedusaContainer, now: number): Promise<AutomationsRun> {
  const service = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { reader } = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  await service.switchboard.ensureAutomations()
  const total: AutomationsRun = { events: 0, decided: 0 }
  while (!service.stopping) {
    const snapshot = await service.switchboard.fresh()
    const runnable = [...snapshot.automations.values()].filter(({ kind }) => AUTOMATION_KINDS.has(kind))
    const types = new Set(runnable.flatMap(({ kind }) => [...AUTOMATION_KINDS.get(kind)!.reads]))
    const from =
      (await service.watches.cursor(READER)) ?? (await service.watches.begin(READER, await reader.end()))
    const page = await reader.after(from, PAGE, [...types], now)
    const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
    const done = await pg.transaction(async (trx) => {
      await lockDeciding(trx)
      const moved = await service.watches.advance(trx, READER, from, page.next, page.caught_up ? now : null)
      // Another process has read this page.
      return moved ? foldAndDecide(container, trx, runnable, snapshot, page, now) : null
    })
    if (done === null) return total
    await afterDeciding(container, done)
    total.events += page.events.length
    total.decided += done.rows.filter(({ id, duplicate }) => id !== null && !duplicate).length
    if (page.caught_up && !done.more) return total
  }
  return total
}

async function foldAndDecide(
  container: MedusaContainer,
  trx: Knex.Transaction,
  automations: readonly AutomationRow[],
  snapshot: Snapshot,
  page: LogPage,
  now: number,
): Promise<DecidedRows & { more: boolean }> {
  const { watches } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const events = page.events.slice().sort((a, b) => a.occurred_at - b.occurred_at || (a.id < b.id ? -1 : 1))
  const before = foldedUntil(page, now)
  const looks: Look[] = []
  let more = false
  for (const automation of automations) {
    const run = await prepare(container, trx, automation, snapshot, events, before)
    const seen = [...foldPage(run, run.kept, events), ...proposeDue(run, run.kept, before)]
    // One that is off goes on folding, so that it knows its carts when it is switched on; what it saw meanwhile nobody wants.
    if (automation.mode.mode !== "off") looks.push(...seen)
    await watches.write(trx, automation.id, run.kept)
    await tellFaults(container, trx, automation, run.faults)
    more ||= run.due >= MOST_DUE
  }
  const wanted = inOrder(looks).map(({ proposal, probe }) => ({
    proposal: proposal !== null && expiryOf(proposal) > now ? proposal : null,
    probe: probe !== null && expiryOf(probe) > now ? probe : null,
  }))
  const proposals = wanted.flatMap(({ proposal }) => proposal ?? [])
  const decided = await decideWithin(container, trx, proposals, "as_proposed", wanted)
  return { ...decided, more }
}

interface Fault {
  key: string
  error: unknown
}

/** What one key did to its automation, in the log; and that there was something, once, to staff. */
async function tellFaults(
  container: MedusaContainer,
  trx: Knex.Transaction,
  { id, name, capability }: AutomationRow,
  faults: readonly Fault[],
): Promise<void> {
  if (faults.length === 0) return
  const { alerts } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  for (const { key, error } of faults) {
    logger.error(`decisions: automation ${id} leaves "${key}" alone: ${messageOf(error)}`)
  }
  await alerts.raise(
    {
      level: "error",
      key: "automation_fault",
      data: { automation: name, message: messageOf(faults[0].error).slice(0, MOST_TOLD) },
      capability,
      decision_id: null,
      reference: `automation_fault:${id}`,
    },
    trx,
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Up to when everything that happened is in the states. Of a page that is not the last, its last event may say so. */
function foldedUntil({ events, next, caught_up }: LogPage, now: number): number {
  const read = Math.min(now, Date.parse(next.received_at))
  return caught_up ? read : Math.min(read, events[events.length - 1].occurred_at)
}

type PreparedRun = AutomationRun & {
  kept: Awaited<ReturnType<DecisionsModuleService["watches"]["read"]>>
  due: number
  faults: readonly Fault[]
}

/** An automation with what is kept of the keys that the page names, and of those that are due. */
async function prepare(
  container: MedusaContainer,
  trx: Knex.Transaction,
  automation: AutomationRow,
  { experiments }: Snapshot,
  events: readonly LogEvent[],
  before: number,
): Promise<PreparedRun> {
  const { watches, units } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const kind = AUTOMATION_KINDS.get(automation.kind)!
  const keys = new Set<string>()
  const persons: Person[] = []
  for (const event of events) {
    const key = kind.reads.has(event.type) ? kind.keyOf(event) : null
    if (key === null) continue
    keys.add(key)
    const { customer_id = null, visitor_id = null } = event
    persons.push({ customer_id, visitor_id, country_code: null })
  }
  const kept = await watches.read(trx, automation.id, [...keys], before, MOST_DUE)
  let due = 0
  for (const { due_at } of kept.values()) if (due_at !== null && due_at < before) due++
  const experiment =
    experiments.find(({ target }) => target.type === "automation" && target.id === automation.id) ?? null
  let unitOf = personKey
  if (experiment !== null) {
    for (const { state } of kept.values()) {
      const person = kind.personOf(state)
      if (person !== null) persons.push(person)
    }
    const { visitors } = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
    const browsers = await visitors.ownedBy(customersAmong(persons), trx)
    const byPerson = await units.ofAll(persons, browsers, trx)
    unitOf = (person) => byPerson.get(personKey(person)) ?? personKey(person)
  }
  const faults: Fault[] = []
  const fault = (key: string, error: unknown) => void faults.push({ key, error })
  return { ...automationRun(kind, automation, experiment, unitOf), fault, kept, due, faults }
}

/**
 * After an automation, or an experiment on it, was changed: when its keys are to be looked at now. Page by page, so that nobody waits long
 * for the lock; each by what holds then, so that of two changes the last one stays.
 */
export async function reschedule(container: MedusaContainer, automation_id: string): Promise<void> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  let after: string | null = ""
  while (after !== null) {
    const from: string = after
    after = await pg.transaction((trx) => rescheduleAfter(container, trx, automation_id, from))
  }
}

/** The last key of a full page; null: there are no more. */
async function rescheduleAfter(
  container: MedusaContainer,
  trx: Knex.Transaction,
  automation_id: string,
  after: string,
): Promise<string | null> {
  const { watches } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  await lockDeciding(trx)
  const { automations, experiments } = await readSnapshot(trx)
  const automation = automations.get(automation_id)
  const kind = AUTOMATION_KINDS.get(automation?.kind ?? "")
  if (!automation || !kind) return null
  const experiment = experiments.find(({ target }) => target.id === automation_id) ?? null
  const run = automationRun(kind, automation, experiment, personKey)
  const changed = new Map<string, { state: unknown; due_at: number | null }>()
  const waiting = await watches.waiting(trx, automation_id, after, RESCHEDULED_AT_ONCE)
  for (const [key, { state, due_at }] of waiting) {
    const due = dueOf(run, state)
    if (due !== due_at) changed.set(key, { state, due_at: due })
  }
  await watches.write(trx, automation_id, changed)
  return waiting.size < RESCHEDULED_AT_ONCE ? null : ([...waiting.keys()].at(-1) ?? null)
}
