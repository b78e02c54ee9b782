import type { MedusaContainer } from "@medusajs/framework/types"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { ExperimentRow } from "../../../modules/decisions/experiments"
import type { ExperimentResult } from "../../../types/http/experiments"
import { withLease } from "../../signals/steps/sync-lease"
import { resultAnswer } from "./experiment-answer"
import { dayOf, noteShares } from "./holdout-layers"
import { closedMonths, currenciesOf, measureSpans, type MeasuredSpan } from "./impact"
import { endsAt, measuredExperiment, measuredTo } from "./measure"

const DAY = 86_400_000
const ROLLING_DAYS = 28
const MOST_RUNNING = 1_000

/**
 * Measures one experiment now, and keeps it as that of its day. The first measurement at its stop or planned end is final: the fixed
 * interval may be read once, so it is answered from then on, whatever is still cancelled or sent back, and never reckoned again.
 */
export async function refreshExperiment(
  container: MedusaContainer,
  row: ExperimentRow,
  now: number,
): Promise<ExperimentResult> {
  const { results } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const at = measuredTo(row, now)
  const known = await results.of<ExperimentResult>(row.id, dayOf(at))
  if (known?.result.final) return known.result
  const final = row.stopped_at !== null || at >= endsAt(row)
  const result = resultAnswer(await measuredExperiment(container, row, now), row, { at, final })
  return (await results.store(row.id, dayOf(at), now, result)).result
}

/**
 * Measures all that runs: experiments, and the layers of the holdout over this month and the last 28 days, and once each of the twelve months
 * before. Days of this month that were missed are measured as they would have been. null: another process is doing it.
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
  const today = dayOf(now)
  const month = `${today.slice(0, 8)}01`
  const spans: MeasuredSpan[] = [
    { from: month, to: today },
    { from: dayOf(now - (ROLLING_DAYS - 1) * DAY), to: today },
    ...(await missedDays(container, month, today)),
    ...(await closedMonths(container, now)),
  ]
  await measureSpans(container, spans, now, renew)
}

/** A day that is over is measured once more after its end: what was measured during it is not all of it. */
async function missedDays(container: MedusaContainer, month: string, today: string): Promise<MeasuredSpan[]> {
  const { results } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const [currency_code] = await currenciesOf(container)
  const known = await results.history(`global|${month}|${currency_code}`)
  const whole = new Set(
    known
      .filter(({ day, measured_at }) => measured_at.getTime() >= Date.parse(day) + DAY)
      .map(({ day }) => day),
  )
  const missed: MeasuredSpan[] = []
  for (let at = Date.parse(month); at < Date.parse(today); at += DAY) {
    const to = dayOf(at)
    if (!whole.has(to)) missed.push({ from: month, to, total_alone: true })
  }
  return missed
}
