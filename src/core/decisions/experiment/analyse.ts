import { benjaminiHochberg, holm, type Interval } from "../../evaluate"
import type { ArmColumns } from "./columns"
import { compareArms, COMPARE_DEFAULTS, type CompareOptions, type Comparison, type Bounds } from "./compare"
import { METRICS, type MetricName } from "./metrics"
import {
  sampleRatio,
  sampleRatioBySegment,
  type ArmCount,
  type SampleRatio,
  type SegmentCounts,
} from "./sample-ratio"
import { winsoriseThreshold } from "./winsorise"
import { verdictOf, type ExperimentVerdict } from "./verdict"

export interface ExperimentInput {
  /** The control first. */
  arms: readonly ArmCount[]
  /** One entry a metric, each with the columns of every arm in the same order. The past (`x`) is the same metric's before exposure. */
  metrics: readonly { metric: MetricName; arms: readonly ArmColumns[] }[]
  primary_metric: MetricName
  /** Units by attribute, split by arm in the same order: country, device, day of exposure. */
  segments?: readonly SegmentCounts[]
  /** Units over all arms at the planned end. */
  planned_units?: number | null
  /** Units that join a day over all arms. */
  units_per_day?: number | null
  /** The planned end is reached. Ask once: a fixed interval that is read again and again is peeking. Default: the planned units are there. */
  ended?: boolean
  /** Relative effect below which a change is not worth making. */
  minimum_effect?: number | null
  /** Treatments that do the same as the control. */
  alike?: readonly string[]
}

/** Of heavy-tailed metrics in experiments, unless told otherwise: see `winsoriseThreshold` for what it costs and saves. */
const WINSORISE = 0.999

export type AnalyseOptions = Pick<CompareOptions, "alpha" | "winsorise" | "cuped" | "prior_lift_deviation">

/** One arm in one metric. The control has null for all that is held against the control. */
export interface ArmResult {
  arm: string
  units: number
  mean: number | null
  difference: Interval | null
  lift: Interval | null
  /** Always valid, of the difference and of the lift. */
  sequence: Bounds | null
  lift_sequence: Bounds | null
  p: number | null
  /** Holds at every look. */
  p_sequence: number | null
  /** Holm over the arms in the primary metric; Benjamini-Hochberg over all others. */
  p_corrected: number | null
  chance_to_win: number | null
  /** In the metric's unit. */
  expected_loss: number | null
  variance_reduction: number
  winsorised: { at: number; units: number } | null
}

export interface MetricResult {
  metric: MetricName
  primary: boolean
  lower_is_better: boolean
  guard_rail: boolean
  arms: ArmResult[]
}

/** Plain data: finite numbers, strings and nulls, to be stored as JSON. Money is minor units. */
export interface ExperimentAnalysis {
  units: number
  sample_ratio: {
    p: number | null
    broken: boolean
    arms: SampleRatio["arms"]
    /** The attribute and value at which the split is off most, where attributes differ in it. */
    worst: { attribute: string; value: string; p: number } | null
  }
  metrics: MetricResult[]
  verdict: ExperimentVerdict
}

/**
 * Everything about an experiment in one answer: the split, every metric of every arm against the control, corrected p-values, and what to do.
 * Always-valid intervals are tuned for the planned units and shared out over the arms (Bonferroni), so that "better" in any arm holds at 5 %.
 * Only heavy-tailed metrics are winsorised. Cost: O(units x metrics).
 */
export function analyseExperiment(input: ExperimentInput, options: AnalyseOptions = {}): ExperimentAnalysis {
  checkInput(input)
  const alpha = options.alpha ?? COMPARE_DEFAULTS.alpha
  const share = options.winsorise === undefined ? WINSORISE : options.winsorise
  const treatments = input.arms.length - 1
  const expected = expectedUnits(input)
  const split = sampleRatio(input.arms)
  const shared = { ...options, alpha, sequence_alpha: alpha / treatments, expected_units: expected }
  const compared = input.metrics.map(({ metric, arms }) => {
    const { heavy_tailed, lower_is_better } = METRICS[metric]
    const winsorise = heavy_tailed ? share : null
    // One cut for all arms, so that the control is the same in every pair.
    const cut_at =
      winsorise === null
        ? null
        : winsoriseThreshold(
            arms.map(({ y }) => y),
            winsorise,
          )
    const comparisons = arms
      .slice(1)
      .map((arm) => compareArms(arms[0], arm, { ...shared, winsorise, cut_at, lower_is_better }))
    return { metric, comparisons }
  })
  const primary = compared.find(({ metric }) => metric === input.primary_metric)!
  const others = compared.filter((one) => one !== primary)
  const corrected = new Map<Comparison, number>([
    ...correct(primary.comparisons, holm),
    ...correct(
      others.flatMap(({ comparisons }) => comparisons),
      benjaminiHochberg,
    ),
  ])
  const units = input.arms.reduce((sum, arm) => sum + arm.units, 0)
  const planned = input.planned_units ?? null
  return {
    units,
    sample_ratio: { ...split, worst: worstSegment(input) },
    metrics: compared.map(({ metric, comparisons }) => ({
      metric,
      primary: metric === input.primary_metric,
      lower_is_better: METRICS[metric].lower_is_better,
      guard_rail: METRICS[metric].guard_rail,
      arms: [controlResult(comparisons[0]), ...comparisons.map((one) => armResult(one, corrected))],
    })),
    verdict: verdictOf({
      sample_ratio: split,
      metric: primary.metric,
      lower_is_better: METRICS[primary.metric].lower_is_better,
      primary: primary.comparisons.map((comparison) => ({
        comparison,
        p_corrected: corrected.get(comparison) ?? null,
      })),
      guard_rails: others
        .filter(({ metric }) => METRICS[metric].guard_rail)
        .flatMap(({ metric, comparisons }) =>
          comparisons.map((comparison) => ({
            metric,
            comparison,
            lower_is_better: METRICS[metric].lower_is_better,
          })),
        ),
      alike: input.alike ?? [],
      alpha,
      ended: input.ended ?? (planned !== null && units >= planned),
      planned_units: planned,
      units_per_day: input.units_per_day ?? null,
      minimum_effect: input.minimum_effect ?? null,
      expected_units: expected,
      sequence_alpha: shared.sequence_alpha,
    }),
  }
}

function checkInput({ arms, metrics, primary_metric }: ExperimentInput): void {
  if (arms.length < 2) throw new RangeError(`experiment: two or more arms are needed, got ${arms.length}`)
  if (!metrics.some(({ metric }) => metric === primary_metric)) {
    const given = metrics.map(({ metric }) => metric).join(", ")
    throw new RangeError(`experiment: no columns of the primary metric ${primary_metric}, only of: ${given}`)
  }
  const names = arms.map(({ arm }) => arm).join(", ")
  for (const { metric, arms: columns } of metrics) {
    const got = columns.map(({ arm }) => arm).join(", ")
    if (got !== names) throw new RangeError(`experiment: ${metric} must have the arms ${names}, got ${got}`)
    if (METRICS[metric].kind === "ratio" && columns.some(({ d }) => d === undefined)) {
      throw new RangeError(`experiment: ${metric} is a ratio and needs a denominator column d in every arm`)
    }
  }
}

/** Of the control and one treatment at the planned end: what the always-valid intervals are tuned for. */
function expectedUnits({ arms, planned_units: planned }: ExperimentInput): number {
  if (planned == null || !(planned > 0)) return COMPARE_DEFAULTS.expected_units
  return (planned * 2) / arms.length
}

function correct(
  comparisons: readonly Comparison[],
  method: (p: readonly number[]) => number[],
): [Comparison, number][] {
  const told = comparisons.filter(({ p }) => p !== null)
  const corrected = method(told.map(({ p }) => p!))
  return told.map((comparison, i) => [comparison, corrected[i]])
}

function worstSegment({
  arms,
  segments = [],
}: ExperimentInput): { attribute: string; value: string; p: number } | null {
  const worst = sampleRatioBySegment(
    arms.map(({ weight }) => weight),
    segments,
  ).at(0)
  const value = worst?.values.at(0)
  if (worst === undefined || !worst.broken || value === undefined || value.p_corrected === null) return null
  return { attribute: worst.attribute, value: value.value, p: value.p_corrected }
}

function controlResult({ control, winsorised }: Comparison): ArmResult {
  return {
    arm: control.arm,
    units: control.units,
    mean: control.mean,
    difference: null,
    lift: null,
    sequence: null,
    lift_sequence: null,
    p: null,
    p_sequence: null,
    p_corrected: null,
    chance_to_win: null,
    expected_loss: null,
    variance_reduction: 0,
    winsorised,
  }
}

function armResult(comparison: Comparison, corrected: ReadonlyMap<Comparison, number>): ArmResult {
  const { treatment, sequence, bayes } = comparison
  return {
    arm: treatment.arm,
    units: treatment.units,
    mean: treatment.mean,
    difference: comparison.difference,
    lift: comparison.lift,
    sequence: sequence?.difference ?? null,
    lift_sequence: sequence?.lift ?? null,
    p: comparison.p,
    p_sequence: sequence?.p ?? null,
    p_corrected: corrected.get(comparison) ?? null,
    chance_to_win: bayes?.chance_to_win ?? null,
    expected_loss: bayes?.expected_loss ?? null,
    variance_reduction: comparison.variance_reduction,
    winsorised: comparison.winsorised,
  }
}
