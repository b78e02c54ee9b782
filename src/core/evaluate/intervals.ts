import type { Interval } from "./bootstrap"

/** 97.5 % point of the normal distribution: all intervals here are of 95 %. */
const Z = 1.959963984540054

/**
 * Wilson's score interval (1927) of a rate, e.g. clicks of impressions: honest for few trials and for none or
 * all successes, where the textbook interval shrinks to a point. NaN, 0, 1 of no trials. Example: 10 of 100
 * gives [0.0552, 0.1744].
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (!(successes >= 0 && trials >= 0 && successes <= trials)) {
    throw new RangeError(`wilson interval: successes must be from 0 to ${trials} trials, got ${successes}`)
  }
  if (trials === 0) return { value: Number.NaN, low: 0, high: 1 }
  const rate = successes / trials
  const z2 = (Z * Z) / trials
  const center = (rate + z2 / 2) / (1 + z2)
  const half = (Z * Math.sqrt((rate * (1 - rate)) / trials + z2 / (4 * trials))) / (1 + z2)
  // The bounds are 0 and 1 there; rounding must not move them.
  return {
    value: rate,
    low: successes === 0 ? 0 : center - half,
    high: successes === trials ? 1 : center + half,
  }
}

/** Sums over units (impressions, visitors): what a database can add up without handing out the rows. */
export interface Sums {
  count: number
  sum: number
  sum_squares: number
}

/**
 * Normal interval of `scale` x mean, e.g. revenue per 1,000 impressions with each impression's revenue as a
 * unit (most are 0), by the central limit theorem. The variance is s^2 = (sum of squares - sum^2 / n) / (n -
 * 1). NaN bounds below two units. Amounts in minor units keep sums exact up to 2^53.
 */
export function meanInterval(sums: Sums, scale = 1): Interval {
  const { count, sum, sum_squares } = sums
  const mean = sum / count
  const variance = count > 1 ? Math.max(sum_squares - sum * mean, 0) / (count - 1) : Number.NaN
  const half = Z * Math.sqrt(variance / count)
  return { value: scale * mean, low: scale * (mean - half), high: scale * (mean + half) }
}

/** Sums over the units that are independent (visitors, days), of a numerator y and a denominator x. */
export interface PairedSums {
  count: number
  sum_y: number
  sum_x: number
  sum_yy: number
  sum_xx: number
  sum_xy: number
}

/**
 * Interval of `scale` x sum y / sum x where units hold several of x, e.g. revenue per 1,000 impressions with
 * visitors as units, who see many and buy together or not at all: the impressions of one visitor are not
 * independent. Delta method (Cochran, "Sampling techniques", 1977, section 2.11; Deng, Knoblich, Lu 2018):
 * the variance of R = sum y / sum x is sum (y - R x)^2 / (n - 1) x n / (sum x)^2. NaN bounds below two units.
 */
export function ratioInterval(sums: PairedSums, scale = 1): Interval {
  const { count, sum_y, sum_x, sum_yy, sum_xx, sum_xy } = sums
  const ratio = sum_y / sum_x
  const residual = Math.max(sum_yy - 2 * ratio * sum_xy + ratio * ratio * sum_xx, 0)
  const variance = count > 1 ? ((residual / (count - 1)) * count) / (sum_x * sum_x) : Number.NaN
  const half = Z * Math.sqrt(variance)
  return { value: scale * ratio, low: scale * (ratio - half), high: scale * (ratio + half) }
}
