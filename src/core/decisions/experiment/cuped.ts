import type { ArmMoments } from "./columns"

export interface PastSlope {
  /** null: the past is not used. */
  theta: number | null
  /** Share of the difference's variance that the past takes away; never below 0. */
  variance_reduction: number
}

export const NO_PAST: PastSlope = { theta: null, variance_reduction: 0 }

/**
 * CUPED (Deng, Xu, Kohavi, Walker 2013): y - theta (x - mean x) has the same difference of arms in expectation, since no arm can have moved
 * the past x, and 1 - rho^2 of the variance. theta is the slope within arms, pooled over both, so that an effect does not enter it.
 * Not used where x does not vary, or would make the variance greater (chance, in small samples).
 */
export function pastSlope(control: ArmMoments, treatment: ArmMoments): PastSlope {
  const xx = (control.units - 1) * control.x_variance + (treatment.units - 1) * treatment.x_variance
  const xy = (control.units - 1) * control.covariance + (treatment.units - 1) * treatment.covariance
  if (!(xx > 0)) return NO_PAST
  const theta = xy / xx
  const before = control.variance / control.units + treatment.variance / treatment.units
  const after =
    residualVariance(control, theta) / control.units + residualVariance(treatment, theta) / treatment.units
  const reduction = 1 - after / before
  return reduction > 0 ? { theta, variance_reduction: reduction } : NO_PAST
}

/** Variance of y - theta x. */
export function residualVariance(arm: ArmMoments, theta: number): number {
  return Math.max(arm.variance - 2 * theta * arm.covariance + theta * theta * arm.x_variance, 0)
}
