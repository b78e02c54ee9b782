import { normalQuantile } from "../../evaluate"

/** What the store's own past says of one metric. */
export interface MetricHistory {
  /** Per unit, over the time a unit is watched. */
  mean: number
  /** Of single units; of a ratio metric the variance of `linearisedRatio`. */
  variance: number
  /** Units that would take part on the first day. */
  units_now: number
  /** Units that join each day after. */
  new_units_per_day: number
  /** Share of the units that have a past to look at, 0 to 1. */
  returning_share: number
  /** Of the metric with the past, among the units that have one: -1 to 1; 0 where the past is not used. */
  correlation: number
}

export interface ExperimentDesign {
  /** Of the arms, the control first. */
  weights: readonly number[]
  /** Share of all units that take part. */
  traffic?: number
  /** Of the fixed interval; shared out over the arms held against the control (Bonferroni, which bounds Holm). */
  alpha?: number
  power?: number
}

export interface Plan {
  /** Over all arms; null: never (no effect to find, or nothing varies). */
  units: number | null
  /** null: more than `MOST_DAYS`, or no units come. */
  days: number | null
}

export const MOST_DAYS = 365

/**
 * Units and days until an effect of `relativeEffect` x mean is found with the chance `power`: the normal approximation
 * n = (z_{1 - alpha/2} + z_power)^2 variance (1 / w_t + 1 / w_c) / effect^2 over all arms, w being shares of n (Cohen 1988; van Belle 2008,
 * chapter 2), for the treatment that gets the fewest units. The past leaves 1 - returning_share x correlation^2 of the variance.
 */
export function planExperiment(
  history: MetricHistory,
  design: ExperimentDesign,
  relativeEffect: number,
): Plan {
  const effect = Math.abs(relativeEffect * history.mean)
  const needed = (multiplierOf(design) / effect) * (multiplierOf(design) / effect)
  const exact = needed * variancePerUnit(history, design)
  if (!(exact > 0 && Number.isFinite(exact))) return { units: null, days: null }
  const units = Math.ceil(exact)
  const missing = units / trafficOf(design) - history.units_now
  const days = missing <= 0 ? 1 : Math.ceil(missing / history.new_units_per_day)
  return { units, days: days <= MOST_DAYS ? days : null }
}

/** The smallest effect, absolute and relative, that is found in `days` with the chance `power`; null before there are two units an arm. */
export function detectableEffect(
  history: MetricHistory,
  design: ExperimentDesign,
  days: number,
): { units: number; effect: number; relative: number | null } | null {
  const units = Math.floor(trafficOf(design) * (history.units_now + history.new_units_per_day * days))
  const { smallest, control } = sharesOf(design)
  if (!(units * Math.min(smallest, control) >= 2)) return null
  const effect = multiplierOf(design) * Math.sqrt(variancePerUnit(history, design) / units)
  return { units, effect, relative: history.mean > 0 ? effect / history.mean : null }
}

/** z_{1 - alpha/2} + z_power: how many standard errors an effect must measure to be found with the chance `power`. */
export function detectableErrors(alpha: number, power: number): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power)
}

function multiplierOf({ weights, alpha = 0.05, power = 0.8 }: ExperimentDesign): number {
  return detectableErrors(alpha / Math.max(weights.length - 1, 1), power)
}

/** Variance of the difference times the number of units over all arms. */
function variancePerUnit(history: MetricHistory, design: ExperimentDesign): number {
  const { returning_share: share, correlation } = history
  if (!(share >= 0 && share <= 1 && correlation >= -1 && correlation <= 1)) {
    throw new RangeError(
      `planner: returning_share must be from 0 to 1 and correlation from -1 to 1, got ${share} and ${correlation}`,
    )
  }
  const { smallest, control } = sharesOf(design)
  return history.variance * (1 - share * correlation * correlation) * (1 / smallest + 1 / control)
}

function sharesOf({ weights }: ExperimentDesign): { smallest: number; control: number } {
  if (weights.length < 2 || !weights.every((weight) => weight > 0)) {
    throw new RangeError(
      `planner: two or more arms with weights above 0 are needed, got [${weights.join(", ")}]`,
    )
  }
  let all = 0
  for (const weight of weights) all += weight
  return { smallest: Math.min(...weights.slice(1)) / all, control: weights[0] / all }
}

function trafficOf({ traffic = 1 }: ExperimentDesign): number {
  if (!(traffic > 0 && traffic <= 1)) {
    throw new RangeError(`planner: traffic must be above 0 and at most 1, got ${traffic}`)
  }
  return traffic
}
