import { normalBelow, normalDensity } from "../../evaluate"

export interface Posterior {
  /** Of treatment - control. */
  mean: number
  deviation: number
}

/**
 * Normal posterior of the difference: the estimate with its standard error, and a normal prior about 0 (conjugate; Gelman et al., "Bayesian
 * data analysis", 2013, section 2.5). `priorDeviation` Infinity is the flat prior.
 */
export function posteriorOf(difference: number, standardError: number, priorDeviation: number): Posterior {
  if (!(priorDeviation > 0)) {
    throw new RangeError(`posterior: the prior's deviation must be above 0, got ${priorDeviation}`)
  }
  const ratio = standardError / priorDeviation
  const weight = 1 / (1 + ratio * ratio)
  return { mean: weight * difference, deviation: standardError * Math.sqrt(weight) }
}

/** Chance that the treatment's mean is above the control's. */
export function chanceAbove({ mean, deviation }: Posterior): number {
  return deviation > 0 ? normalBelow(mean / deviation) : mean > 0 ? 1 : mean < 0 ? 0 : 0.5
}

/**
 * What is lost on average, in the metric's unit, by taking the treatment where the control was better: E max(-difference, 0), which for a
 * normal is s phi(m / s) - m Phi(-m / s).
 */
export function expectedLoss({ mean, deviation }: Posterior): number {
  if (!(deviation > 0)) return Math.max(-mean, 0)
  const z = mean / deviation
  return Math.max(deviation * normalDensity(z) - mean * normalBelow(-z), 0)
}
