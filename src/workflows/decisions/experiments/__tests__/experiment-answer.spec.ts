import {
  emptyOutcomes,
  measureExperiment,
  type ExperimentMeasurement,
} from "../../../../core/decisions/measurement"
import type { ExperimentRow } from "../../../../modules/decisions/experiments"
import { resultAnswer } from "../experiment-answer"

const DAY = 86_400_000
const ARMS = [
  { arm: "control", weight: 1 },
  { arm: "b", weight: 1 },
]

/** 200 units, of which all of b ordered and of the control nobody: without a mean above 0 there is no lift. */
function measured(currency_code: string) {
  const outcomes = emptyOutcomes(200)
  outcomes.arms = ["control", "b"]
  outcomes.countries = [""]
  for (let row = 0; row < 200; row++) {
    outcomes.unit[row] = `visitor:${row}`
    outcomes.arm[row] = row % 2
    if (row % 2 === 1) {
      outcomes.orders[row] = outcomes.counted_orders[row] = 1
      outcomes.revenue[row] = 1000 + row
    }
  }
  const row = { primary_metric: "revenue", currency_code, arms: [] } as unknown as ExperimentRow
  const plan: ExperimentMeasurement = {
    arms: ARMS,
    primary_metric: "revenue",
    metrics: ["revenue"],
    minimum_effect: 0.05,
    alike: [],
    planned_units: 200,
    covariate_days: 0,
    started_at: 0,
    at: DAY,
    ended: true,
  }
  return resultAnswer(measureExperiment(outcomes, plan), row, { at: DAY, final: true })
}

it.each([
  ["eur", 100],
  ["jpy", 1],
])(
  "bounds of an amount among the reasons are in major units of %s, as those of its metric are",
  (code, scale) => {
    const { verdict, metrics } = measured(code)
    const { low, high } = metrics[0].arms[1].difference!
    expect(metrics[0].arms[1].lift).toBeNull()
    expect(verdict.reasons[0]).toMatchObject({ key: "better", data: { relative: "no", low, high } })
    expect(low * scale).toBeGreaterThan(1000)
    expect(high * scale).toBeLessThan(1200)
  },
)
