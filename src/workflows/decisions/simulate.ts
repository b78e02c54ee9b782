import type { MedusaContainer } from "@medusajs/framework/types"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type {
  Automation,
  BatchFacts,
  Capability,
  CapabilityState,
  FrequencyCap,
  GuardPolicy,
  Mode,
  Person,
  Proposal,
  SimulatedOutcome,
} from "../../core/decisions"
import { CONTACT_CHANNELS } from "../../core/decisions"
import { readAutomationEvents } from "../../datasets/automation-events"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../modules/decisions"
import type { Snapshot } from "../../modules/decisions/switchboard"
import { runInWorker } from "../../providers/run-in-worker"
import { PURPOSES } from "../../types/http/consents"
import type { SimulationBody } from "../../types/http/decisions"
import type { SimulationJob, SimulationMessage } from "../../workers/simulate-automation"
import { checkedSettings, kindOf } from "./automation-answer"
import { circumstancesOf } from "./circumstances"

const DAY = 86_400_000
/** Read before the span, so that carts, cooldowns and caps of a week stand at its beginning as they would have. */
const WARM_UP_DAYS = 7
const MONTH_DAYS = 31

export interface SimulationProgress {
  step: "progress.reading" | "progress.simulating"
  /** 0 to 1 of the whole. */
  fraction: number
  events: number
}

export interface Simulated {
  outcomes: SimulatedOutcome[]
  events: number
}

/**
 * Runs versions of an automation over the store's own past: the log is read into columns, everything else that a decision is held against
 * is taken as it stands now (policy, capabilities, budgets, agreements, erased persons, what costs are normal), and a worker runs the pipeline over it. Writes
 * nothing. What is off or in shadow is simulated as if it were on, a kill switch or a tripped breaker as if it were not there; canaries and
 * approvals stay. Snoozes and holds are of their moment, and left out. A running experiment is left out where a version brings settings of
 * its own, which an arm's would cover.
 *
 * @param now the end of the span
 * @throws the signal's reason
 */
export async function simulate(
  container: MedusaContainer,
  { automation_id, days, versions }: SimulationBody,
  {
    now,
    signal,
    report,
  }: { now: number; signal?: AbortSignal; report: (progress: SimulationProgress) => void },
): Promise<Simulated> {
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const automation = await switchboard.automation(automation_id)
  const kind = kindOf(automation)
  const compared = versionsOf(automation, versions)
  const snapshot = await switchboard.fresh()
  const from = now - days * DAY
  const warm = from - (await warmUpDays(container, snapshot.policy, compared, now)) * DAY

  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const { events, persons } = await readAutomationEvents(
    pg,
    { types: [...new Set([...kind.reads, "order_placed" as const])], from: warm, to: now },
    (count, at) => {
      signal?.throwIfAborted()
      report({ step: "progress.reading", fraction: (0.5 * (at - warm)) / (now - warm), events: count })
    },
  )
  const asItStands = versions.every(({ settings }) => settings === undefined)
  const experiment_on = asItStands ? automation_id : null
  const facts = await factsOf(container, snapshot, persons, kind.capability, experiment_on, now)
  const job: SimulationJob = { kind: kind.kind, versions: compared, events, facts, from, to: now }
  const outcomes = await runInWorker<SimulationMessage, SimulatedOutcome[]>(
    "simulate-automation",
    job,
    (message) => {
      if (message.type === "done") return { result: message.outcomes }
      const fraction = 0.5 + (0.5 * message.done) / Math.max(1, events.length)
      report({ step: "progress.simulating", fraction, events: events.length })
      return null
    },
    signal,
  )
  return { outcomes, events: events.length }
}

/** The automation as each version would have it. @throws INVALID_DATA for a setting that cannot be */
export function versionsOf(
  automation: Automation,
  versions: SimulationBody["versions"],
): SimulationJob["versions"] {
  const kind = kindOf(automation)
  return versions.map(({ label, settings, guard }) => ({
    label: label ?? null,
    automation: {
      ...automation,
      settings: settings ? checkedSettings(kind, automation.settings, settings) : automation.settings,
      guard: { ...automation.guard, ...guard },
      mode: asIfOn(automation.mode),
    },
  }))
}

function asIfOn(mode: Mode): Mode {
  return mode.mode === "off" || mode.mode === "shadow" ? { ...mode, mode: "on" } : mode
}

/** As long as anything that is counted looks back, but for budgets in total. */
async function warmUpDays(
  container: MedusaContainer,
  policy: GuardPolicy,
  versions: SimulationJob["versions"],
  now: number,
): Promise<number> {
  const { budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const budgets = await budgetBook.list(now)
  const monthly = ({ per }: Pick<FrequencyCap, "per">) => per === "month"
  if (policy.caps.some(monthly) || budgets.some(({ period }) => period === "month")) return MONTH_DAYS
  const cooldowns = versions.map(({ automation }) => automation.guard.cooldown_minutes / 1440)
  return Math.min(MONTH_DAYS, Math.max(WARM_UP_DAYS, ...cooldowns.map(Math.ceil)))
}

async function factsOf(
  container: MedusaContainer,
  snapshot: Snapshot,
  persons: readonly Person[],
  capability: Capability,
  /** Whose running experiment is simulated too. */
  experiment_on: string | null,
  now: number,
): Promise<BatchFacts> {
  const { units, recorder, budgetBook } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const [{ consents, erased, time_zones, browsers }, budgets, liability] = await Promise.all([
    circumstancesOf(container, everyAskOf(persons)),
    budgetBook.list(now),
    recorder.normals(capability, now),
  ])
  return {
    consents,
    erased,
    time_zones,
    policy: snapshot.policy,
    store_killed: false,
    capabilities: new Map(
      Array.from(snapshot.capabilities, ([name, state]): [Capability, CapabilityState] => [
        name,
        { ...state, mode: asIfOn(state.mode), killed: false, tripped_at: null },
      ]),
    ),
    automations: new Map(),
    experiments: new Map(
      snapshot.experiments
        .filter(({ target }) => target.type === "automation" && target.id === experiment_on)
        .map(({ target, ...experiment }) => [target.id, experiment]),
    ),
    taken: new Set(),
    contacts: new Map(),
    last_acts: new Map(),
    snoozes: new Map(),
    holds: new Map(),
    budgets,
    used: new Map(),
    liability,
    units: await units.ofAll(persons, browsers, pg),
  }
}

/** What a proposal about any of them might ask for: nobody knows yet which are made. */
function everyAskOf(persons: readonly Person[]): Pick<Proposal, "person" | "action">[] {
  return persons.flatMap((person) =>
    PURPOSES.map((purpose) => ({
      person,
      action: { type: "simulated", channel: CONTACT_CHANNELS[0], purpose, data: {} },
    })),
  )
}
