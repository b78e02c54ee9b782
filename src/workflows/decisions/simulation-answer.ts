import type { SimulatedOutcome } from "../../core/decisions"
import type { SimulationRow } from "../../modules/decisions/simulations"
import type { Simulation, SimulationOutcome } from "../../types/http/decisions"
import { conditionAnswer, explanationAnswer, isoTime, moneyAnswer, verdictAnswer } from "./explain"

/** As HTTP says it, and as it is kept: money in major units, times in ISO 8601. */
export function outcomeAnswer(outcome: SimulatedOutcome): SimulationOutcome {
  return {
    ...outcome,
    expected_value: outcome.expected_value.map(moneyAnswer),
    cost: outcome.cost.map(moneyAnswer),
    samples: outcome.samples.map(({ at, explanation, verdict, ...sample }) => ({
      ...sample,
      at: new Date(at).toISOString(),
      explanation: explanationAnswer(explanation),
      verdict: verdictAnswer(verdict),
    })),
    nearest_misses: outcome.nearest_misses.map(({ subject, condition }) => ({
      subject,
      condition: conditionAnswer(condition),
    })),
  }
}

export function simulationAnswer(row: SimulationRow): Simulation {
  return {
    id: row.id,
    status: row.status,
    step: row.step,
    done: row.done,
    total: row.total,
    unit: "percent",
    error: row.error,
    started_at: row.started_at.toISOString(),
    finished_at: isoTime(row.finished_at?.getTime() ?? null),
    automation_id: row.automation_id,
    days: row.days,
    events: row.events,
    outcomes: row.outcomes,
    created_at: row.created_at.toISOString(),
  }
}
