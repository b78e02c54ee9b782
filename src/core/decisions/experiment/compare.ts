import { fiellerInterval, studentCritical, studentTwoSided, type Interval } from "../../evaluate"
import { chanceAbove, expectedLoss, posteriorOf } from "./bayes"
import {
  checkColumns,
  cutAbove,
  linearisedRatio,
  momentsOf,
  type ArmColumns,
  type ArmMoments,
} from "./columns"
import { NO_PAST, pastSlope, residualVariance, type PastSlope } from "./cuped"
import { mixtureVariance, sequenceMultiplier, sequenceP } from "./sequence"
import { fourthPowers, meanPair, type MeanPair } from "./variance"
import { winsoriseThreshold } from "./winsorise"

export interface CompareOptions {
  /** 1 - level of the fixed intervals. */
  alpha?: number
  /** 1 - level of the always-valid intervals; smaller where several arms are watched. */
  sequence_alpha?: number
  /** Quantile of the positive values at which single units are cut; null: none are. */
  winsorise?: number | null
  /** Where to cut y, of more arms than these two; null: at their own quantile. */
  cut_at?: number | null
  /** Whether the units' past is used where it is given. */
  cuped?: boolean
  /** Whether the arms' variances borrow from each other as far as tails are heavy (see `meanPair`); false: Welch. */
  borrow_variance?: boolean
  /** Units of both arms for which the always-valid intervals are narrowest. Set it before there are data. */
  expected_units?: number
  /**
   * Deviation of the prior for the relative lift, about 0: 0.3 says that two of three changes move a metric by less than 30 %.
   * null: flat.
   */
  prior_lift_deviation?: number | null
  lower_is_better?: boolean
}

export const COMPARE_DEFAULTS: Required<CompareOptions> = {
  alpha: 0.05,
  sequence_alpha: 0.05,
  winsorise: null,
  cut_at: null,
  cuped: true,
  borrow_variance: true,
  expected_units: 5000,
  prior_lift_deviation: 0.3,
  lower_is_better: false,
}

export interface Bounds {
  low: number
  high: number
}

export interface ComparedArm {
  arm: string
  units: number
  /** Units with anything but 0. */
  active: number
  /** After the cut, before the past is taken out. */
  mean: number | null
}

/** Treatment against control. Whatever cannot be told (too few units, nothing varies) is null. */
export interface Comparison {
  control: ComparedArm
  treatment: ComparedArm
  /** Treatment - control, with a t interval. */
  difference: Interval | null
  /** Relative to the control, e.g. 0.06, with Fieller's interval; null where the control's mean is not surely above 0. */
  lift: Interval | null
  standard_error: number | null
  degrees_of_freedom: number | null
  /** Two-sided, for one look at a planned end (t test). */
  p: number | null
  /** Hold at every look. */
  sequence: { difference: Bounds; lift: Bounds | null; p: number } | null
  /** Chance that the treatment is the better one, and what its choice loses on average, in the metric's unit. */
  bayes: { chance_to_win: number; expected_loss: number } | null
  variance_reduction: number
  theta: number | null
  winsorised: { at: number; units: number } | null
}

/**
 * Holds one arm against the control. Both are cut at one threshold (`winsoriseThreshold`), a ratio is made a mean (`linearisedRatio`), the past
 * is taken out (`pastSlope`), then: a t interval of the difference (`meanPair`: Welch's, with variances that borrow from each other where tails
 * are heavy); Fieller's interval of the relative lift, which stays honest where the control is a small holdout; the confidence sequence of
 * both; a normal posterior of the difference.
 * The means are those after the cut and before the past is taken out, so the difference may depart a little from that of the means.
 * Cost: O(units), with winsorising a sort of the positive values; two copies of the columns at most.
 */
export function compareArms(
  control: ArmColumns,
  treatment: ArmColumns,
  options: CompareOptions = {},
): Comparison {
  const set = { ...COMPARE_DEFAULTS, ...options }
  checkColumns(control)
  checkColumns(treatment)
  const share = set.winsorise
  const at = share === null ? Infinity : (set.cut_at ?? winsoriseThreshold([control.y, treatment.y], share))
  const withPast = set.cuped && control.x !== undefined && treatment.x !== undefined
  // Any function of the past may be a covariate, so it is cut as y is: single units would else decide theta.
  const pastAt =
    share === null || !withPast ? Infinity : winsoriseThreshold([control.x!, treatment.x!], share)
  const c = readArm(control, at, withPast ? pastAt : null)
  const t = readArm(treatment, at, withPast ? pastAt : null)
  const result: Comparison = {
    control: c.compared,
    treatment: t.compared,
    difference: null,
    lift: null,
    standard_error: null,
    degrees_of_freedom: null,
    p: null,
    sequence: null,
    bayes: null,
    variance_reduction: 0,
    theta: null,
    winsorised: at === Infinity ? null : { at, units: c.cut + t.cut },
  }
  if (control.units < 2 || treatment.units < 2) return result
  const past = withPast ? pastSlope(c.moments, t.moments) : NO_PAST
  const theta = past.theta ?? 0
  const kurtosis = set.borrow_variance ? pooledKurtosis(c, t, theta) : null
  const pair = meanPair(c.moments, t.moments, theta, kurtosis)
  return pair.difference_variance > 0 ? fill(result, pair, past, set) : result
}

interface ReadArm {
  y: Float64Array
  x: Float64Array | undefined
  moments: ArmMoments
  cut: number
  compared: ComparedArm
}

function readArm(arm: ArmColumns, at: number, pastAt: number | null): ReadArm {
  const { values, cut } = cutAbove(arm.y, at)
  const y = arm.d === undefined ? values : linearisedRatio(values, arm.d)
  const x = pastAt === null ? undefined : cutAbove(arm.x!, pastAt).values
  const moments = momentsOf(y, x)
  const mean = Number.isFinite(moments.mean) ? moments.mean : null
  const compared: ComparedArm = { arm: arm.arm, units: arm.units, active: activeUnits(arm.y), mean }
  return { y, x, moments, cut, compared }
}

/** Of y - theta x about each arm's mean; 1 where nothing varies. */
function pooledKurtosis(c: ReadArm, t: ReadArm, theta: number): number {
  const units = c.moments.units + t.moments.units
  const fourth = fourthPowers(c.y, c.x, theta, c.moments) + fourthPowers(t.y, t.x, theta, t.moments)
  const squares =
    (c.moments.units - 1) * residualVariance(c.moments, theta) +
    (t.moments.units - 1) * residualVariance(t.moments, theta)
  return squares > 0 ? (fourth * units) / (squares * squares) : 1
}

function activeUnits(y: Float64Array): number {
  let active = 0
  for (let i = 0; i < y.length; i++) if (y[i] !== 0) active++
  return active
}

function fill(
  result: Comparison,
  pair: MeanPair,
  past: PastSlope,
  set: Required<CompareOptions>,
): Comparison {
  const value = pair.treatment - pair.control
  const error = Math.sqrt(pair.difference_variance)
  const critical = studentCritical(set.alpha, pair.degrees_of_freedom)
  const liftValue = pair.treatment / pair.control - 1
  const lift = liftRange(pair, critical)
  const units = result.control.units + result.treatment.units
  const rho2 = mixtureVariance(set.expected_units, set.sequence_alpha)
  const wide = sequenceMultiplier(units, rho2, set.sequence_alpha)
  // A prior on the relative lift needs a control above 0 to be relative to.
  const flat = set.prior_lift_deviation === null || !(pair.control > 0)
  const posterior = posteriorOf(value, error, flat ? Infinity : set.prior_lift_deviation! * pair.control)
  const gain = set.lower_is_better ? { ...posterior, mean: -posterior.mean } : posterior
  return {
    ...result,
    difference: { value, low: value - critical * error, high: value + critical * error },
    lift: lift === null ? null : { value: liftValue, ...lift },
    standard_error: error,
    degrees_of_freedom: pair.degrees_of_freedom,
    p: studentTwoSided(value / error, pair.degrees_of_freedom),
    sequence: {
      difference: { low: value - wide * error, high: value + wide * error },
      lift: liftRange(pair, wide),
      p: sequenceP(value / error, units, rho2),
    },
    bayes: { chance_to_win: chanceAbove(gain), expected_loss: expectedLoss(gain) },
    variance_reduction: past.variance_reduction,
    theta: past.theta,
  }
}

function liftRange(pair: MeanPair, critical: number): Bounds | null {
  if (!(pair.control > 0)) return null
  const bounds = fiellerInterval(
    {
      numerator: pair.treatment,
      numerator_variance: pair.treatment_variance,
      denominator: pair.control,
      denominator_variance: pair.control_variance,
      covariance: pair.covariance,
    },
    critical,
  )
  return bounds === null ? null : { low: bounds.low - 1, high: bounds.high - 1 }
}
