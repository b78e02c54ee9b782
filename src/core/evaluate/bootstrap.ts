import { seededRandom } from "../data"

export interface Interval {
  value: number
  low: number
  high: number
}

/**
 * 95 % percentile interval of `statistic` over cases drawn with replacement (Efron 1979). The statistic gets how
 * often each case was drawn, so two methods measured on the same cases are compared pairwise.
 * Cost: resamples x (cases + statistic).
 */
export function bootstrap(
  cases: number,
  statistic: (times: Int32Array) => number,
  options: { resamples: number; seed: number },
): Interval {
  const times = new Int32Array(cases).fill(1)
  const value = statistic(times)
  const random = seededRandom(options.seed)
  const draws: number[] = []
  for (let r = 0; r < options.resamples; r++) {
    times.fill(0)
    for (let i = 0; i < cases; i++) times[random.below(cases)]++
    const drawn = statistic(times)
    if (Number.isFinite(drawn)) draws.push(drawn)
  }
  draws.sort((a, b) => a - b)
  return { value, low: quantile(draws, 0.025), high: quantile(draws, 0.975) }
}

/** Quantile of ascending values with linear interpolation (Hyndman and Fan 1996, type 7); NaN of none. */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  if (ascending.length === 0) return Number.NaN
  const at = p * (ascending.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, ascending.length - 1)
  return ascending[below] + (at - below) * (ascending[above] - ascending[below])
}

/** Mean of `values` where each counts `times` often; NaN of none. */
export function weightedMean(values: ArrayLike<number>, times: Int32Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i] * times[i]
    count += times[i]
  }
  return sum / count
}
