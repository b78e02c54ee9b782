import type { DecisionOutcome, MoneyAmount, SimulationOutcome } from "../../src/types/http"
import { OUTCOMES } from "./modes"

type Counts = SimulationOutcome["counts"]

/** What would have been done, or asked for, or recorded as such. */
export function actsOf(counts: Counts): number {
  return (counts.act ?? 0) + (counts.approve ?? 0) + (counts.shadow ?? 0)
}

/** Outcomes that occur in any of the versions. */
export function outcomesIn(outcomes: readonly SimulationOutcome[]): DecisionOutcome[] {
  return OUTCOMES.filter((name) => outcomes.some(({ counts }) => (counts[name] ?? 0) > 0))
}

/** The most decisions of one day in any version, so that versions are drawn on one scale. */
export function mostOfADay(outcomes: readonly SimulationOutcome[]): number {
  return Math.max(
    1,
    ...outcomes.flatMap(({ days }) =>
      days.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0)),
    ),
  )
}

/** Reasons of the guard in any version, the commonest first. */
export function reasonsIn(outcomes: readonly SimulationOutcome[]): string[] {
  const most = new Map<string, number>()
  for (const { stopped } of outcomes) {
    for (const [code, count] of Object.entries(stopped)) most.set(code, Math.max(count, most.get(code) ?? 0))
  }
  return [...most].sort((a, b) => b[1] - a[1]).map(([code]) => code)
}

export function currenciesIn(outcomes: readonly SimulationOutcome[]): string[] {
  const amounts = outcomes.flatMap(({ expected_value, cost }) => [...expected_value, ...cost])
  return [...new Set(amounts.map(({ currency_code }) => currency_code))]
}

export function amountIn(amounts: readonly MoneyAmount[], currency: string): number {
  return amounts.find(({ currency_code }) => currency_code === currency)?.amount ?? 0
}
