/**
 * Always-valid inference: an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2021, "Time-uniform central limit
 * theory and asymptotic confidence sequences", arXiv 2103.06476, theorem 2.2), the boundary of Robbins' normal mixture (1970) with the
 * estimated variance. With probability 1 - alpha it holds the truth at every look at once, so one may look daily and stop at the first look
 * that excludes 0. The price is width: about 1.5 times the fixed interval at the sample size it is tuned for, more far from it. n counts the
 * units of both arms. GrowthBook's sequential tests use the same formulas.
 */

/**
 * rho^2 that makes the sequence narrowest at about `expectedUnits` (their equation for rho; the same in `best_rho2_approx` of the authors'
 * R package drconfseq). It must be chosen before the data are seen, never from the units there are.
 */
export function mixtureVariance(expectedUnits: number, alpha: number): number {
  if (!(expectedUnits > 0)) {
    throw new RangeError(`confidence sequence: expected units must be above 0, got ${expectedUnits}`)
  }
  const log = -2 * Math.log(alpha)
  return (log + Math.log(log + 1)) / expectedUnits
}

/** Half-width of the sequence in standard errors of the estimate at n units: what 1.96 is for a single look. */
export function sequenceMultiplier(units: number, rho2: number, alpha: number): number {
  const information = units * rho2
  const grown = information + 1
  return Math.sqrt((2 * grown * Math.log(Math.sqrt(grown) / alpha)) / information)
}

/**
 * Always-valid p-value of an estimate `z` standard errors from 0: one over the mixture's likelihood ratio, at most 1. It is below alpha exactly
 * where the sequence of level 1 - alpha excludes 0.
 */
export function sequenceP(z: number, units: number, rho2: number): number {
  const information = units * rho2
  const logEvidence = (information * z * z) / (2 * (information + 1)) - 0.5 * Math.log(information + 1)
  return Math.min(1, Math.exp(-logEvidence))
}
