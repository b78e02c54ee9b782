import type { Comparison, Bounds } from "./compare"
import type { MetricName } from "./metrics"
import type { SampleRatio } from "./sample-ratio"
import { unitsUntilSettled } from "./settle"

/** i18n keys below `experiments.reasons`, with the data they are filled from. */
export const REASON_KEYS = [
  "sample_ratio_mismatch",
  "arm_without_units",
  "better",
  "worse",
  "no_difference",
  "too_small_to_matter",
  "guard_rail_worse",
  "too_few_units",
  "not_settled",
  "arms_alike",
] as const
export type ReasonKey = (typeof REASON_KEYS)[number]
export interface Reason {
  key: ReasonKey
  /** Bounds and effects are relative lifts where there are any, else differences: `relative` says which ("yes", "no"). */
  data: Record<string, string | number>
}

export type VerdictCode = "ship" | "keep_running" | "stop" | "broken"
export interface ExperimentVerdict {
  code: VerdictCode
  /** The arm it speaks of. */
  arm: string | null
  reasons: Reason[]
  /** Of keep_running: units over all arms at which it will be told, and days until then (null: not known). */
  until: { units: number; days: number | null } | null
}

/** One treatment's primary metric. */
export interface PrimaryResult {
  comparison: Comparison
  p_corrected: number | null
}
export interface GuardRailResult {
  metric: MetricName
  comparison: Comparison
  lower_is_better: boolean
}

export interface VerdictInput {
  /** Of all arms, with their units. */
  sample_ratio: SampleRatio
  metric: MetricName
  lower_is_better: boolean
  primary: readonly PrimaryResult[]
  /** Treatments that do the same as the control (an A/A run): whatever is found in them is chance or a fault, so none is shipped. */
  alike: readonly string[]
  guard_rails: readonly GuardRailResult[]
  alpha: number
  /** The planned end is reached: this one time the fixed interval speaks; before it the always-valid one. */
  ended: boolean
  planned_units: number | null
  units_per_day: number | null
  /** Relative effect below which a change is not worth making; null: any is. */
  minimum_effect: number | null
  expected_units: number
  sequence_alpha: number
}

/** Below so many units with anything but 0, of two arms together, the normal approximation is not trusted with an early call. */
const LEAST_ACTIVE = 50
/** Fewer units expected in an arm than this, and an empty one may be chance. */
const LEAST_EXPECTED = 8

/**
 * What to do about an experiment, as codes for translation. broken: nothing else may be read. ship: an arm is better and no guard rail is worse in
 * it; of several the one with the greatest effect. stop: every arm is worse, vetoed, too weak to matter, or undecided at the planned end.
 * keep_running: the rest. An early call needs the always-valid interval, which may be looked at daily; the planned end is one look, of which the
 * p-values are corrected over the arms. Guard rails are not corrected for their number: a veto should be easy. An arm that does the same as the
 * control is never shipped: what an A/A run finds speaks against its set-up, about one run in twenty by chance.
 */
export function verdictOf(input: VerdictInput): ExperimentVerdict {
  const broken = brokenReasons(input.sample_ratio)
  if (broken.length > 0) return { code: "broken", arm: null, reasons: broken, until: null }
  const judged = input.primary.map((primary) => unlessAlike(judge(primary, input), input))
  const best = judged
    .filter(({ call }) => call === "ship")
    .sort((a, b) => b.effect - a.effect)
    .at(0)
  if (best !== undefined) return { code: "ship", arm: best.arm, reasons: best.reasons, until: null }
  const open = judged.filter(({ call }) => call === "open")
  if (open.length === 0) {
    const arm = judged.length === 1 ? judged[0].arm : null
    return { code: "stop", arm, reasons: judged.flatMap(({ reasons }) => reasons), until: null }
  }
  const first = open.reduce((a, b) => (b.effect > a.effect ? b : a))
  return {
    code: "keep_running",
    arm: first.arm,
    reasons: judged.flatMap(({ reasons }) => reasons),
    until: untilOf(first.primary.comparison, input),
  }
}

function brokenReasons({ arms, broken, p }: SampleRatio): Reason[] {
  const reasons: Reason[] = arms
    .filter(({ units, expected }) => units === 0 && expected >= LEAST_EXPECTED)
    .map(({ arm, expected }) => ({ key: "arm_without_units", data: { arm, expected: Math.round(expected) } }))
  if (broken && p !== null) reasons.push({ key: "sample_ratio_mismatch", data: { p } })
  return reasons
}

interface Judged {
  arm: string
  call: "ship" | "stop" | "open"
  /** Relative where it can be, signed so that more is better. */
  effect: number
  reasons: Reason[]
  primary: PrimaryResult
}

function judge(primary: PrimaryResult, input: VerdictInput): Judged {
  const { comparison } = primary
  const arm = comparison.treatment.arm
  const sign = input.lower_is_better ? -1 : 1
  const effect = sign * (comparison.lift ?? comparison.difference ?? { value: 0 }).value
  const as = (call: Judged["call"], ...reasons: Reason[]): Judged => ({ arm, call, effect, reasons, primary })
  const harmed = input.guard_rails
    .filter((rail) => rail.comparison.treatment.arm === arm)
    .flatMap((rail) => harmOf(rail, input))
  const spoken = boundsOf(comparison, input.ended)
  if (spoken === null || !mayCall(comparison, input.ended)) {
    if (harmed.length > 0) return as("stop", ...harmed)
    const few: Reason = {
      key: "too_few_units",
      data: { arm, active: activeOf(comparison), least: LEAST_ACTIVE },
    }
    // At its planned end there is no more to wait for.
    return as(input.ended ? "stop" : "open", few)
  }
  const data = { metric: input.metric, arm, ...spoken.data, looks: input.ended ? "planned_end" : "always" }
  const { low, high } = spoken.range
  const significant = !input.ended || (primary.p_corrected !== null && primary.p_corrected < input.alpha)
  const better = significant && (sign > 0 ? low > 0 : high < 0)
  const worse = significant && (sign > 0 ? high < 0 : low > 0)
  if (worse) return as("stop", { key: "worse", data }, ...harmed)
  if (better && harmed.length === 0) return as("ship", { key: "better", data })
  if (harmed.length > 0) return as("stop", ...(better ? [{ key: "better" as const, data }] : []), ...harmed)
  const least = input.minimum_effect
  const most = sign > 0 ? spoken.lift?.high : spoken.lift && -spoken.lift.low
  if (least !== null && most != null && most < least) {
    return as("stop", { key: "too_small_to_matter", data: { ...data, minimum_effect: least } })
  }
  return input.ended ? as("stop", { key: "no_difference", data }) : as("open", { key: "not_settled", data })
}

/** Says of an arm that does the same as the control that it does, and ships it for nothing. */
function unlessAlike(judged: Judged, { alike }: VerdictInput): Judged {
  if (!alike.includes(judged.arm)) return judged
  return {
    ...judged,
    call: judged.call === "ship" ? "stop" : judged.call,
    reasons: [{ key: "arms_alike", data: { arm: judged.arm } }, ...judged.reasons],
  }
}

interface Spoken {
  /** Of the difference: it decides. */
  range: Bounds
  lift: Bounds | null
  data: Record<string, string | number>
}

function boundsOf(comparison: Comparison, ended: boolean): Spoken | null {
  const range = ended ? comparison.difference : (comparison.sequence?.difference ?? null)
  if (range === null) return null
  const lift = ended ? comparison.lift : (comparison.sequence?.lift ?? null)
  const shown = lift ?? range
  return {
    range,
    lift,
    data: { low: shown.low, high: shown.high, relative: lift === null ? "no" : "yes" },
  }
}

function harmOf(rail: GuardRailResult, input: VerdictInput): Reason[] {
  const spoken = boundsOf(rail.comparison, input.ended)
  if (spoken === null || !mayCall(rail.comparison, input.ended)) return []
  const worse = rail.lower_is_better ? spoken.range.low > 0 : spoken.range.high < 0
  const arm = rail.comparison.treatment.arm
  return worse ? [{ key: "guard_rail_worse", data: { metric: rail.metric, arm, ...spoken.data } }] : []
}

function mayCall(comparison: Comparison, ended: boolean): boolean {
  return ended || activeOf(comparison) >= LEAST_ACTIVE
}

function activeOf({ control, treatment }: Comparison): number {
  return control.active + treatment.active
}

function untilOf(comparison: Comparison, input: VerdictInput): ExperimentVerdict["until"] {
  let now = 0
  for (const { units } of input.sample_ratio.arms) now += units
  const units = unitsUntilSettled(comparison, now, input)
  if (units === null) return null
  const perDay = input.units_per_day
  return {
    units,
    days: perDay !== null && perDay > 0 ? Math.max(1, Math.ceil((units - now) / perDay)) : null,
  }
}
