import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
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
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { LogPage } from "../../modules/signals/log-reader"
import { afterDeciding, decideWithin } from "./decide"
import { AUTOMATION_KINDS } from "./kinds"

const READER = "automations"
const PAGE = 2_000
/** Keys of one automation that are looked at in one transaction. */
const MOST_DUE = 2_000

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
    looks.push(...foldPage(run, run.kept, events), ...proposeDue(run, run.kept, before))
    await watches.write(trx, automation.id, run.kept)
    more ||= run.due >= MOST_DUE
  }
  const proposals = inOrder(looks).flatMap(({ proposal }) =>
    proposal !== null && expiryOf(proposal) > now ? [proposal] : [],
  )
  const decided = await decideWithin(container, trx, proposals, "as_proposed")
  return { ...decided, more }
}

/** Up to when everything that happened is in the states. Of a page that is not the last, its last event may say so. */
function foldedUntil({ events, next, caught_up }: LogPage, now: number): number {
  const read = Math.min(now, Date.parse(next.received_at))
  return caught_up ? read : Math.min(read, events[events.length - 1].occurred_at)
}

type PreparedRun = AutomationRun & {
  kept: Awaited<ReturnType<DecisionsModuleService["watches"]["read"]>>
  due: number
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
    const byPerson = await units.ofAll(persons, trx)
    unitOf = (person) => byPerson.get(personKey(person)) ?? personKey(person)
  }
  return { ...automationRun(kind, automation, experiment, unitOf), kept, due }
}

/** After an automation, or an experiment on it, was changed: when its keys are to be looked at now. */
export async function reschedule(container: MedusaContainer, automation_id: string): Promise<void> {
  const { switchboard, watches } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { automations, experiments } = await switchboard.fresh()
  const automation = automations.get(automation_id)
  const kind = AUTOMATION_KINDS.get(automation?.kind ?? "")
  if (!automation || !kind) return
  const experiment = experiments.find(({ target }) => target.id === automation_id) ?? null
  const run = automationRun(kind, automation, experiment, personKey)
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  await pg.transaction(async (trx) => {
    await lockDeciding(trx)
    const changed = new Map<string, { state: unknown; due_at: number | null }>()
    for (const [key, { state, due_at }] of await watches.waiting(trx, automation_id)) {
      const due = dueOf(run, state)
      if (due !== due_at) changed.set(key, { state, due_at: due })
    }
    await watches.write(trx, automation_id, changed)
  })
}
