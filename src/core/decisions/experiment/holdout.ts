import type { Interval } from "../../evaluate"
import type { ArmColumns } from "./columns"
import { compareArms, COMPARE_DEFAULTS, type CompareOptions, type Bounds } from "./compare"
import { detectableErrors } from "./planner"
import { sampleRatio } from "./sample-ratio"

export type HoldoutVerdict = "earned" | "lost" | "cannot_tell"

export interface HoldoutOptions extends Omit<CompareOptions, "lower_is_better"> {
  /** Chance with which `detectable` would be found. */
  power?: number
  /** The span is over and this is its one look: the fixed interval speaks. Default: under way, and the always-valid one does. */
  closed?: boolean
}

/** What acting on the treated units brought, against the units that were held out. Amounts are the metric's: minor units of revenue. */
export interface HoldoutEffect {
  treated: number
  held_out: number
  /** (mean treated - mean held out) x treated units; null before there are two units on both sides, or where nothing varies. */
  earned: Interval | null
  /** The same, holding at every look. */
  sequence: Bounds | null
  lift: Interval | null
  p: number | null
  verdict: HoldoutVerdict
  /** The smallest earned amount that would be told from nothing with the chance `power`, with the units there are now. */
  detectable: number | null
  variance_reduction: number
  winsorised: { at: number; units: number } | null
  /** Of the planned split; below .001 the verdict is withheld. */
  sample_ratio_p: number | null
}

/**
 * "The plugin earned X ± Y": the effect on the treated in money, with its interval. One call a layer of the permanent holdout: of the global
 * layer `held` is what is held out of everything and `treated` all the rest; of a capability's layer both are taken from that rest. The weights
 * of both are the planned shares, e.g. 0.95 and 0.05.
 * The verdict of a span under way, which is looked at again and again, needs the always-valid interval to exclude 0; that of a closed one,
 * measured once, the fixed interval.
 * The half-width is about 1.96 x treated x sqrt(variance / held): the holdout is the small side, so it alone decides what can be told.
 */
export function holdoutEffect(
  treated: ArmColumns,
  held: ArmColumns,
  options: HoldoutOptions = {},
): HoldoutEffect {
  const { power = 0.8, alpha = COMPARE_DEFAULTS.alpha, closed = false } = options
  const comparison = compareArms(held, treated, options)
  const split = sampleRatio([treated, held])
  const { difference, standard_error: error } = comparison
  const spoken = closed ? difference : (comparison.sequence?.difference ?? null)
  const units = treated.units
  return {
    treated: units,
    held_out: held.units,
    earned: difference && {
      value: difference.value * units,
      low: difference.low * units,
      high: difference.high * units,
    },
    sequence: comparison.sequence && {
      low: comparison.sequence.difference.low * units,
      high: comparison.sequence.difference.high * units,
    },
    lift: comparison.lift,
    p: comparison.p,
    verdict: split.broken ? "cannot_tell" : verdictOf(spoken),
    detectable: error === null ? null : detectableErrors(alpha, power) * error * units,
    variance_reduction: comparison.variance_reduction,
    winsorised: comparison.winsorised,
    sample_ratio_p: split.p,
  }
}

function verdictOf(range: Bounds | null): HoldoutVerdict {
  if (range === null || (range.low <= 0 && range.high >= 0)) return "cannot_tell"
  return range.low > 0 ? "earned" : "lost"
}
