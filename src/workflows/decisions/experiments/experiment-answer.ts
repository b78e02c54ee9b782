import type { MedusaContainer } from "@medusajs/framework/types"
import { decimalsOf } from "../../../core/decisions"
import { METRICS, type ArmResult, type MetricName, type Reason } from "../../../core/decisions/experiment"
import type { MeasuredExperiment } from "../../../core/decisions/measurement"
import { DECISIONS_MODULE, type DecisionsModuleService } from "../../../modules/decisions"
import type { ExperimentRow } from "../../../modules/decisions/experiments"
import type {
  ArmMetric,
  ExperimentResult,
  ExperimentSummary,
  ExperimentVerdict,
  IntervalOf,
  MetricResult,
} from "../../../types/http/experiments"
import { armsAnswer, fieldsOf } from "./experiment-plan"
import { endsAt } from "./measure"

const DAY = 86_400_000

/** A measurement as it is kept and told: money in major units. */
export function resultAnswer(
  measured: MeasuredExperiment,
  row: ExperimentRow,
  { at, final }: { at: number; final: boolean },
): ExperimentResult {
  const { analysis, untold } = measured
  const split = analysis?.sample_ratio
  return {
    at: new Date(at).toISOString(),
    final,
    sample_ratio: {
      p: split?.p ?? null,
      broken: split?.broken ?? false,
      worst: split?.worst ? { attribute: split.worst.attribute, value: split.worst.value } : null,
    },
    metrics: (analysis?.metrics ?? []).map(({ metric, lower_is_better, guard_rail, arms }) =>
      metricAnswer({ metric, lower_is_better, guard_rail, arms }, row.currency_code),
    ),
    verdict: verdictAnswer(measured, row, untold, at),
  }
}

function metricAnswer(
  {
    metric,
    lower_is_better,
    guard_rail,
    arms,
  }: { metric: MetricName; lower_is_better: boolean; guard_rail: boolean; arms: ArmResult[] },
  currency_code: string,
): MetricResult {
  const { money } = METRICS[metric]
  const scale = money ? 10 ** decimalsOf(currency_code) : 1
  // Every arm is cut at the same value; the counts are of one arm and the control each.
  const cut = arms.map(({ winsorised }) => winsorised).filter((one) => one !== null)
  return {
    metric,
    currency_code: money ? currency_code : null,
    lower_is_better,
    guard_rail,
    winsorised:
      cut.length > 0 ? { at: cut[0].at / scale, units: Math.max(...cut.map(({ units }) => units)) } : null,
    arms: arms.map((arm) => armAnswer(arm, scale)),
  }
}

function armAnswer(arm: ArmResult, scale: number): ArmMetric {
  return {
    arm: arm.arm,
    units: arm.units,
    mean: arm.mean === null ? null : arm.mean / scale,
    difference: arm.difference && scaled(arm.difference, scale),
    lift: arm.lift,
    sequence:
      arm.lift_sequence ??
      (arm.sequence && { low: arm.sequence.low / scale, high: arm.sequence.high / scale }),
    p: arm.p,
    p_corrected: arm.p_corrected,
    chance_to_win: arm.chance_to_win,
    variance_reduction: arm.variance_reduction,
  }
}

export function scaled({ value, low, high }: IntervalOf, scale: number): IntervalOf {
  return { value: value / scale, low: low / scale, high: high / scale }
}

function verdictAnswer(
  { analysis }: MeasuredExperiment,
  row: ExperimentRow,
  untold: MeasuredExperiment["untold"],
  at: number,
): ExperimentVerdict {
  const missing = untold.find(({ metric }) => metric === row.primary_metric)
  if (missing || !analysis) {
    const lines = missing?.costs_unknown ?? 0
    return {
      code: "keep_running",
      arm: null,
      reasons: [{ key: "costs_unknown", data: { metric: row.primary_metric, lines } }],
      until: null,
    }
  }
  const { code, arm, reasons, until } = analysis.verdict
  const days = until?.days ?? null
  return {
    code,
    arm,
    reasons: reasons.map((reason) => reasonAnswer(reason, row.currency_code)),
    until: code === "keep_running" && days !== null ? new Date(at + days * DAY).toISOString() : null,
  }
}

/** Bounds of a difference, where there is no lift, are amounts of its metric. */
function reasonAnswer({ key, data }: Reason, currency_code: string): Reason {
  const { metric, relative, low, high } = data
  if (relative !== "no" || !METRICS[metric as MetricName].money) return { key, data }
  const scale = 10 ** decimalsOf(currency_code)
  return { key, data: { ...data, low: Number(low) / scale, high: Number(high) / scale } }
}

/** Experiments as the admin lists them, each with the newest result. */
export async function summariesOf(
  container: MedusaContainer,
  rows: readonly ExperimentRow[],
): Promise<{ summary: ExperimentSummary; result: ExperimentResult | null }[]> {
  const { results } = container.resolve<DecisionsModuleService>(DECISIONS_MODULE)
  const latest = await results.latest<ExperimentResult>(rows.map(({ id }) => id))
  return Promise.all(
    rows.map(async (row) => {
      const result = latest.get(row.id)?.result ?? null
      return { summary: await summaryOf(container, row, result), result }
    }),
  )
}

async function summaryOf(
  container: MedusaContainer,
  row: ExperimentRow,
  result: ExperimentResult | null,
): Promise<ExperimentSummary> {
  const primary = result?.metrics.find(({ metric }) => metric === row.primary_metric)
  const better = primary?.lower_is_better ? -1 : 1
  const best = primary?.arms
    .filter(({ lift }) => lift !== null)
    .sort((a, b) => better * (b.lift!.value - a.lift!.value))
    .at(0)
  return {
    id: row.id,
    name: row.name,
    hypothesis: row.hypothesis,
    target: { type: row.target_type, id: row.target_id },
    arms: armsAnswer(await fieldsOf(container, row), row.arms),
    traffic: row.traffic,
    primary_metric: row.primary_metric,
    metrics: row.metrics,
    currency_code: row.currency_code,
    minimum_effect: row.minimum_effect,
    planned_days: row.planned_days,
    covariate_days: row.covariate_days,
    status: row.status,
    units: result?.metrics.at(0)?.arms.reduce((sum, { units }) => sum + units, 0) ?? 0,
    verdict: result?.verdict ?? null,
    lift: best?.lift ?? null,
    started_at: row.started_at?.toISOString() ?? null,
    ends_at: row.started_at ? new Date(endsAt(row)).toISOString() : null,
    stopped_at: row.stopped_at?.toISOString() ?? null,
    conclusion: row.conclusion,
    version: row.version,
    created_at: row.created_at.toISOString(),
  }
}
