/**
 * Draws from the distributions that shops are simulated with; one seed fixes them all. The generator is sfc32 (Doty-Humphrey 2010) with 128 bits of
 * state: thousands of runs of a million draws would overlap in one of 32 bits.
 */
export class Draws {
  private a = 0x9e3779b9
  private b = 0x243f6a88
  private c: number
  private counter = 1
  private spare = Number.NaN

  constructor(seed: number) {
    this.c = seed | 0
    for (let i = 0; i < 15; i++) this.bits()
  }

  private bits(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** From 0 up to, not including, 1. */
  uniform(): number {
    return this.bits() / 4294967296
  }

  /** Box and Muller 1958; every second draw is free. */
  normal(): number {
    const kept = this.spare
    if (!Number.isNaN(kept)) {
      this.spare = Number.NaN
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform())
  }

  logNormal(median: number, deviation: number): number {
    return median * Math.exp(deviation * this.normal())
  }

  /** Marsaglia and Tsang 2000; shape 1 or more. */
  gamma(shape: number, mean: number): number {
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const z = this.normal()
      const root = 1 + c * z
      if (root <= 0) continue
      const v = root * root * root
      if (Math.log(1 - this.uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
        return (d * v * mean) / shape
      }
    }
  }

  /** Knuth's product of uniforms: for small means. */
  poisson(mean: number): number {
    const bar = Math.exp(-mean)
    let product = this.uniform()
    let count = 0
    while (product > bar) {
      product *= this.uniform()
      count++
    }
    return count
  }
}
