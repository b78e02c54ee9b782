/**
 * An experiment on the sample's product page that began three weeks ago. Who is in which arm, who met it when and what they did since is
 * reckoned as live; but nobody in the sample did anything because of it, so that it is an A/A test: its hypothesis says so.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../src/modules/decisions"
import { storedPlan } from "../../src/workflows/decisions/experiments/experiment-plan"
import { dayOf, noteShares } from "../../src/workflows/decisions/experiments/holdout-layers"
import { measureSpans } from "../../src/workflows/decisions/experiments/impact"
import { expectedUnits } from "../../src/workflows/decisions/experiments/plan"
import { refreshExperiment } from "../../src/workflows/decisions/experiments/refresh-results"
import { createExperimentWorkflow } from "../../src/workflows/decisions/experiments/workflows/create-experiment"
import { progress } from "./report"

const DAY = 86_400_000
const RUNNING_DAYS = 21
/** Each measurement is a pass over the orders of its span. */
const EVERY_DAYS = 3

/** Before the shelves are set up, so that they are those of the arms. */
export async function startExperiment(
  container: MedusaContainer,
  actor_id: string,
  now: number,
): Promise<void> {
  const plan = await storedPlan(container, {
    name: "Six products on the product page instead of eight",
    hypothesis:
      "A shorter shelf is read to its end, so that more of those who look at a product order. (Sample data: these shoppers did what they did anyway, whatever was shown, so there is nothing to find. Any difference is chance: an A/A test.)",
    target: { type: "placement", id: "product" },
    arms: [
      { key: "control", name: "Eight, as it is", weight: 1, settings: null, off: false },
      { key: "six", name: "Six", weight: 1, settings: { size: 6 }, off: false },
    ],
    traffic: 1,
    primary_metric: "conversion",
    metrics: ["conversion", "orders", "revenue", "average_order_value", "returns", "refunds"],
    currency_code: "eur",
    minimum_effect: 0.2,
    planned_days: 56,
    covariate_days: 90,
  })
  const { result } = await createExperimentWorkflow(container).run({ input: { plan, actor_id } })
  const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  await experiments.start(result.id, null, now - RUNNING_DAYS * DAY, actor_id)
}

/** After the shelves, decisions and orders are there: what had been measured by then, and what is so far. */
export async function measureHistory(container: MedusaContainer, title: string, now: number): Promise<void> {
  await noteShares(container, now)
  await Promise.all([measureExperiment(container, title, now), measureImpact(container, now)])
}

async function measureExperiment(container: MedusaContainer, title: string, now: number): Promise<void> {
  const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const { rows } = await experiments.list({ status: "running", limit: 1, offset: 0 })
  for (const row of rows) {
    const question = { ...row, target: { type: row.target_type, id: row.target_id } }
    const planned_units = await expectedUnits(container, question, now)
    await container
      .resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
      .raw("update marketing_experiment set planned_units = ? where id = ?", [planned_units, row.id])
    for (let day = EVERY_DAYS; day <= RUNNING_DAYS; day += EVERY_DAYS) {
      progress(title, day, RUNNING_DAYS, "days")
      const at = Math.min(now, row.started_at!.getTime() + day * DAY)
      await refreshExperiment(container, { ...row, planned_units }, at)
    }
  }
}

/** This month in all currencies, and in the first one how it went by day. */
async function measureImpact(container: MedusaContainer, now: number): Promise<void> {
  const today = dayOf(now)
  const from = `${today.slice(0, 8)}01`
  const days: string[] = []
  for (let at = Date.parse(from); at < Date.parse(today); at += DAY) days.push(dayOf(at))
  await measureSpans(
    container,
    [{ from, to: today }, ...days.map((to) => ({ from, to, total_alone: true }))],
    now,
  )
}
