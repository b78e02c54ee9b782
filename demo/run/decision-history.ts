/**
 * Four weeks of the automation that comes with the plugin, on the sample's own carts: the live runner reads the log day by day under the
 * clock of then, first in shadow, at last with approvals, of which some still wait. Nothing is made up but the clock and whoever approved.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { asValue } from "@medusajs/framework/awilix"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../src/modules/signals"
import type { NewBudget } from "../../src/modules/decisions/budget-book"
import type { AutomationChange } from "../../src/modules/decisions/switchboard"
import { circumstancesOf } from "../../src/workflows/decisions/circumstances"
import { deliverDue } from "../../src/workflows/decisions/deliver"
import { runAutomations } from "../../src/workflows/decisions/run-automations"
import { createBudgetWorkflow } from "../../src/workflows/decisions/workflows/create-budget"
import { createSnoozeWorkflow } from "../../src/workflows/decisions/workflows/create-snooze"
import { simulateAutomationWorkflow } from "../../src/workflows/decisions/workflows/simulate-automation"
import { updateAutomationWorkflow } from "../../src/workflows/decisions/workflows/update-automation"
import { updateGuardWorkflow } from "../../src/workflows/decisions/workflows/update-guard"
import { LivedLog } from "./lived-log"
import { progress } from "./report"

const DAY = 86_400_000
const DAYS = 28
const APPROVED_DAYS = 3
/** While somebody may approve, the clock stops at noon too. What is proposed lives for a day, so that none is missed. */
const STEPS = { shadow: DAY, approve: DAY / 2 }
const AUTOMATION = "mauto_large_cart_left"
/** The sample sells small things: about half of its carts are larger. */
const LARGE = { eur: 30_00, usd: 35_00, gbp: 25_00, cny: 300_00 }
/** Whoever approves is at their desk once a day, and lets so many through. */
const APPROVED_A_DAY = 3

/** What a merchant sets before anything acts. */
export async function setUpDecisions(container: MedusaContainer, actor_id: string): Promise<void> {
  await updateGuardWorkflow(container).run({ input: { change: { time_zone: "Europe/Berlin" }, actor_id } })
  const budgets: NewBudget[] = [
    {
      scope: "store",
      scope_id: "",
      per_subject: false,
      period: "month",
      kind: "money",
      currency_code: "eur",
      limit: 500_00,
    },
    {
      scope: "automation",
      scope_id: AUTOMATION,
      per_subject: false,
      period: "day",
      kind: "count",
      currency_code: null,
      limit: 20,
    },
  ]
  for (const budget of budgets) await createBudgetWorkflow(container).run({ input: { budget, actor_id } })
  await change(container, actor_id, { settings: { minimum: LARGE, minutes: 60 } })
}

export async function addDecisionHistory(
  container: MedusaContainer,
  actor_id: string,
  title: string,
): Promise<void> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const { watches } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const now = Date.now()
  const lived = new LivedLog(pg, now - DAYS * DAY)
  const then = livingIn(container, lived)
  await watches.begin("automations", await lived.end())
  for (let day = 0; day < DAYS; day++) {
    if (day === DAYS - APPROVED_DAYS) await change(container, actor_id, { mode: "approve" })
    const step = STEPS[day < DAYS - APPROVED_DAYS ? "shadow" : "approve"]
    const end = now - (DAYS - day - 1) * DAY
    for (let at = end - DAY + step; at <= end; at += step) {
      lived.until = at
      await runAutomations(then, at)
      await deliverDue(then, () => at)
    }
    // The last day's are left to whoever starts the demo.
    if (day >= DAYS - APPROVED_DAYS && day < DAYS - 1) {
      await approveSome(then, actor_id, end)
    }
    progress(title, day + 1, DAYS, "days")
  }
  // From here on the log is read as it is received: its cursor stands where everything so far has been.
  await runAutomations(container)
  await backdateAlerts(pg)
  await snoozeOne(container, actor_id)
}

/** Two versions side by side, over the same weeks. */
export async function simulateOnce(container: MedusaContainer): Promise<void> {
  const { simulations } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const simulation = await simulations.begin({
    automation_id: AUTOMATION,
    days: DAYS,
    versions: [
      { label: "As it stands" },
      { label: "Twice as large", settings: { minimum: { eur: 60, usd: 70, gbp: 50, cny: 600 } } },
    ],
  })
  if (!simulation) return
  await simulateAutomationWorkflow(container).run({
    input: { simulation_id: simulation.id, now: Date.now() },
  })
}

/** The container with a log that ends at the clock of then. */
function livingIn(container: MedusaContainer, reader: LivedLog): MedusaContainer {
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const scope = container.createScope() as MedusaContainer
  scope.register(SIGNALS_MODULE, asValue(Object.create(signals, { reader: { value: reader } })))
  return scope
}

async function change(container: MedusaContainer, actor_id: string, what: AutomationChange): Promise<void> {
  const { switchboard } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { version } = await switchboard.automation(AUTOMATION)
  await updateAutomationWorkflow(container).run({
    input: { id: AUTOMATION, change: what, version, actor_id },
  })
}

/** The largest carts of a day are let through, the smallest is refused, and the others are left to expire. */
async function approveSome(container: MedusaContainer, actor_id: string, at: number): Promise<void> {
  const { approvals } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = (await pg.raw(
    `select v.decision_id as id from marketing_delivery v join marketing_decision d on d.id = v.decision_id
     where v.status = 'waiting_approval' order by d.value_amount desc, d.id`,
  )) as { rows: { id: string }[] }
  const ids = rows.map(({ id }) => id)
  const approved = ids.slice(0, APPROVED_A_DAY)
  const refused = ids.slice(APPROVED_A_DAY).slice(-1)
  const circumstances = await circumstancesOf(container, await approvals.find(approved))
  await approvals.approve(approved, actor_id, circumstances, at)
  await approvals.reject(refused, actor_id, "Too small to call about", at)
  await deliverDue(container, () => at)
}

/** An alert is as old as its delivery. */
async function backdateAlerts(pg: Knex): Promise<void> {
  await pg.raw(
    `update marketing_alert a set created_at = v.delivered_at, updated_at = v.delivered_at
     from marketing_delivery v where v.decision_id::text = a.decision_id and v.delivered_at is not null`,
  )
}

/** Somebody was called about their cart, and is left alone for a week. */
async function snoozeOne(container: MedusaContainer, actor_id: string): Promise<void> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = (await pg.raw(
    `select d.subject_id from marketing_delivery v join marketing_decision d on d.id = v.decision_id
     where v.status = 'delivered' order by v.delivered_at desc, d.id limit 1`,
  )) as { rows: { subject_id: string }[] }
  for (const { subject_id } of rows) {
    await createSnoozeWorkflow(container).run({
      input: {
        automation_id: AUTOMATION,
        subject: { type: "cart", id: subject_id },
        until: new Date(Date.now() + 7 * DAY).toISOString(),
        actor_id,
      },
    })
  }
}
