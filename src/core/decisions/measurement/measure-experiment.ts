import {
  analyseExperiment,
  type ExperimentAnalysis,
  type MetricName,
  type SegmentCounts,
} from "../experiment"
import { armColumns, groupByArm, type MeasuredArm } from "./arm-columns"
import type { Outcomes } from "./outcomes"

const DAY = 86_400_000
/** Fewest units of a country that is looked at by itself. */
const LEAST_OF_COUNTRY = 50
const MOST_COUNTRIES = 20

export interface ExperimentMeasurement {
  /** The control first. */
  arms: readonly MeasuredArm[]
  primary_metric: MetricName
  metrics: readonly MetricName[]
  minimum_effect: number
  /** Treatments that do the same as the control. */
  alike: readonly string[]
  /** Over all arms at the planned end; null: not known. */
  planned_units: number | null
  covariate_days: number
  started_at: number
  /** Up to when it was measured. */
  at: number
  /** The planned end is reached. */
  ended: boolean
}

export interface MeasuredExperiment {
  units: number
  /** null: no metric can be told (margin without costs as the only one). */
  analysis: ExperimentAnalysis | null
  /** Metrics that could not be told, and of how many lines the cost is missing. */
  untold: { metric: MetricName; costs_unknown: number }[]
}

/**
 * An experiment's analysis from its units' outcomes. Margin is left out while the cost of any kept line is not known: it would be told
 * of some orders and not of others. Cost: that of `analyseExperiment`, O(units x metrics).
 */
export function measureExperiment(outcomes: Outcomes, plan: ExperimentMeasurement): MeasuredExperiment {
  const group = groupByArm(outcomes, plan.arms)
  const named = [plan.primary_metric, ...plan.metrics.filter((metric) => metric !== plan.primary_metric)]
  const told = named.filter((metric) => metric !== "margin" || outcomes.costs_unknown === 0)
  const untold = named
    .filter((metric) => !told.includes(metric))
    .map((metric) => ({ metric, costs_unknown: outcomes.costs_unknown }))
  if (told.length === 0) return { units: outcomes.units, analysis: null, untold }
  const withPast = plan.covariate_days > 0
  const days = Math.max((plan.at - plan.started_at) / DAY, 1)
  const counts = plan.arms.map(() => 0)
  for (let row = 0; row < group.length; row++) if (group[row] >= 0) counts[group[row]]++
  const units = counts.reduce((sum, count) => sum + count, 0)
  const analysis = analyseExperiment({
    arms: plan.arms.map((arm, i) => ({ ...arm, units: counts[i] })),
    metrics: told.map((metric) => ({
      metric,
      arms: armColumns(outcomes, metric, plan.arms, group, withPast),
    })),
    // Without its costs the primary metric cannot speak; the first of the others does, and `untold` says so.
    primary_metric: told[0],
    segments: segmentsOf(outcomes, group, plan.arms.length),
    planned_units: plan.planned_units,
    units_per_day: units / days,
    ended: plan.ended,
    minimum_effect: plan.minimum_effect,
    alike: plan.alike,
  })
  return { units, analysis, untold }
}

/** Where a mismatch of the arms' units may come from: what kind of unit, which country, which day. */
function segmentsOf(outcomes: Outcomes, group: Int32Array, arms: number): SegmentCounts[] {
  const kinds = new Map<string, number[]>()
  const days = new Map<string, number[]>()
  const countries = outcomes.countries.map(() => new Array<number>(arms).fill(0))
  for (let row = 0; row < group.length; row++) {
    const arm = group[row]
    if (arm < 0) continue
    count(kinds, outcomes.unit[row].startsWith("customer:") ? "customer" : "visitor", arm, arms)
    count(days, new Date(outcomes.exposed_at[row]).toISOString().slice(0, 10), arm, arms)
    countries[outcomes.country[row]][arm]++
  }
  const known = outcomes.countries
    .map((value, i) => ({ value: value || "unknown", units: countries[i] }))
    .map((one) => ({ ...one, all: one.units.reduce((sum, n) => sum + n, 0) }))
    .filter(({ all }) => all >= LEAST_OF_COUNTRY)
    .sort((a, b) => b.all - a.all)
    .slice(0, MOST_COUNTRIES)
    .map(({ value, units }) => ({ value, units }))
  return [
    { attribute: "unit", values: [...kinds].map(([value, units]) => ({ value, units })) },
    { attribute: "country", values: known },
    { attribute: "day", values: [...days].map(([value, units]) => ({ value, units })) },
  ].filter(({ values }) => values.length > 1)
}

function count(into: Map<string, number[]>, value: string, arm: number, arms: number): void {
  const units = into.get(value) ?? new Array<number>(arms).fill(0)
  into.set(value, units)
  units[arm]++
}
