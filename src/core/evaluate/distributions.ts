/**
 * Distribution functions that tests and intervals are made of. The tails keep their relative precision (about 1e-12 down to 1e-300), so
 * that a sample-ratio mismatch of p = 1e-40 is told from one of 1e-60. Cost: some tens of steps a call, no memory.
 */

/** Lanczos' coefficients for g = 7 (Press et al., "Numerical recipes", 3rd ed. 2007, section 6.1). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const MOST_STEPS = 1000
const EPSILON = 1e-16
const TINY = 1e-300

/** Logarithm of the gamma function for x > 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x)
  const at = x - 1
  let sum = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (at + i)
  const t = at + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Q(a, x), the upper tail of the gamma distribution: a series below a + 1, a continued fraction above (Press et al. 2007, 6.2). */
function gammaTail(a: number, x: number): number {
  if (!(x > 0)) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < MOST_STEPS && term > sum * EPSILON; n++) {
      term *= x / (a + n)
      sum += term
    }
    return 1 - front * sum
  }
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < MOST_STEPS; n++) {
    const step = -n * (n - a)
    b += 2
    d = 1 / nonZero(step * d + b)
    c = nonZero(b + step / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < EPSILON * 10) break
  }
  return front * fraction
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}

/** I_x(a, b), the distribution function of the beta distribution, by Lentz's continued fraction (Press et al. 2007, 6.4). */
function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  if (x >= (a + 1) / (a + b + 2)) return 1 - (front * betaFraction(1 - x, b, a)) / b
  return (front * betaFraction(x, a, b)) / a
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < EPSILON * 10) break
  }
  return fraction
}

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}

/** P(Z <= z). */
export function normalBelow(z: number): number {
  const tail = 0.5 * gammaTail(0.5, 0.5 * z * z)
  return z < 0 ? tail : 1 - tail
}

/** z with P(Z <= z) = p: Abramowitz and Stegun (1964) 26.2.23, then Halley's steps on the distribution function. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normal quantile: p must be between 0 and 1, got ${p}`)
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p === 0.5) return 0
  const t = Math.sqrt(-2 * Math.log(p))
  let z =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let step = 0; step < 3; step++) {
    const off = (normalBelow(z) - p) / normalDensity(z)
    z -= off / (1 + 0.5 * z * off)
  }
  return z
}

/** P(X > x) of the chi-square distribution with `degrees` degrees of freedom. */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(degrees > 0)) throw new RangeError(`chi-square: degrees of freedom must be above 0, got ${degrees}`)
  return gammaTail(degrees / 2, x / 2)
}

/** P(|T| > |t|), the two-sided p-value of Student's t with `degrees` degrees of freedom, which need not be whole. */
export function studentTwoSided(t: number, degrees: number): number {
  if (!(degrees > 0)) throw new RangeError(`Student's t: degrees of freedom must be above 0, got ${degrees}`)
  if (degrees > 1e7) return gammaTail(0.5, 0.5 * t * t)
  return betaBelow(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/**
 * t above 0 with P(|T| > t) = alpha: Newton's steps from the normal's point (which lies below: the tail is convex there, so they
 * approach from one side and cannot overshoot).
 */
export function studentCritical(alpha: number, degrees: number): number {
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`Student's t: alpha must be between 0 and 1, got ${alpha}`)
  }
  let t = normalQuantile(1 - alpha / 2)
  if (degrees > 1e7) return t
  const scale = Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2)) / Math.sqrt(degrees * Math.PI)
  for (let step = 0; step < 200; step++) {
    const density = scale * Math.exp(-0.5 * (degrees + 1) * Math.log1p((t * t) / degrees))
    const move = (studentTwoSided(t, degrees) - alpha) / (2 * density)
    t += move
    if (Math.abs(move) < 1e-13 * t) break
  }
  return t
}
