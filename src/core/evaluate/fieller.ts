/** Two estimates with the variances of the estimates (not of single units) and their covariance. */
export interface EstimatePair {
  numerator: number
  numerator_variance: number
  denominator: number
  denominator_variance: number
  covariance: number
}

/**
 * Fieller's interval (1954) of numerator / denominator: all ratios r for which numerator - r x denominator is within `critical` standard
 * errors of 0. Unlike the delta method's it is not symmetric, and keeps its level where the denominator is noisy: a holdout of 5 %. With the
 * multiplier of a confidence sequence in place of a quantile it holds at every look, since it inverts a test of each r.
 * null where no interval is bounded: the denominator is within `critical` standard errors of 0.
 */
export function fiellerInterval(pair: EstimatePair, critical: number): { low: number; high: number } | null {
  const { numerator, denominator, covariance } = pair
  const squared = critical * critical
  // r lies inside where a r^2 - 2 b r + c <= 0.
  const a = denominator * denominator - squared * pair.denominator_variance
  const b = numerator * denominator - squared * covariance
  const c = numerator * numerator - squared * pair.numerator_variance
  if (!(a > 0)) return null
  const root = Math.sqrt(Math.max(b * b - a * c, 0))
  const low = (b - root) / a
  const high = (b + root) / a
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : null
}
