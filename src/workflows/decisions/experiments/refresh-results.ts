import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { ExperimentRow } from "../../../modules/decisions/experiments"
import type { ExperimentResult } from "../../../types/http/experiments"
import { withLease } from "../../signals/steps/sync-lease"
import { resultAnswer } from "./experiment-answer"
import { currenciesOf, dayOf, layersWithUnits, noteShares, refreshEffect } from "./impact"
import { endsAt, measuredExperiment } from "./measure"

const DAY = 86_400_000
const ROLLING_DAYS = 28
const MOST_RUNNING = 1_000

/** Measures one experiment now, and keeps it as that of its day. */
export async function refreshExperiment(
  container: MedusaContainer,
  row: ExperimentRow,
  now: number,
): Promise<ExperimentResult> {
  const { results } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const at = Math.min(row.stopped_at?.getTime() ?? now, now, endsAt(row))
  const result = resultAnswer(await measuredExperiment(container, row, now), row, at)
  await results.store(row.id, dayOf(at), now, result)
  return result
}

/**
 * Measures all that runs: experiments, and the layers of the holdout over this month and the last 28 days. Days of this month that were missed
 * are measured as they would have been. null: another process is doing it.
 */
export async function refreshResults(container: MedusaContainer, now: number): Promise<true | null> {
  return withLease(container, "marketing-experiment-results", async (renew) => {
    const { experiments } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
    await noteShares(container, now)
    const { rows } = await experiments.list({ status: "running", limit: MOST_RUNNING, offset: 0 })
    for (const row of rows) {
      await renew()
      await refreshExperiment(container, row, now)
    }
    await refreshLayers(container, now, renew)
    return true as const
  })
}

async function refreshLayers(
  container: MedusaContainer,
  now: number,
  renew: () => Promise<void>,
): Promise<void> {
  const { results } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const today = dayOf(now)
  const month = `${today.slice(0, 8)}01`
  const currencies = await currenciesOf(container)
  for (const layer of await layersWithUnits(container)) {
    for (const currency_code of currencies) {
      for (const from of new Set([month, dayOf(now - (ROLLING_DAYS - 1) * DAY)])) {
        await renew()
        await refreshEffect(container, { layer, currency_code, from, to: today }, now)
      }
    }
    if (layer !== "global" || currencies.length === 0) continue
    const known = await results.history(`global|${month}|${currencies[0]}`)
    // A day that is over is measured once more after its end: what was measured during it is not all of it.
    const whole = new Set(
      known
        .filter(({ day, measured_at }) => measured_at.getTime() >= Date.parse(day) + DAY)
        .map(({ day }) => day),
    )
    for (let at = Date.parse(month); at < Date.parse(today); at += DAY) {
      if (whole.has(dayOf(at))) continue
      await renew()
      await refreshEffect(container, { layer, currency_code: currencies[0], from: month, to: dayOf(at) }, now)
    }
  }
}
