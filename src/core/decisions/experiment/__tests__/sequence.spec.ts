import fc from "fast-check"
import { chanceAbove, expectedLoss, mixtureVariance, posteriorOf, sequenceMultiplier, sequenceP } from ".."

it("the sequence's width is that of Waudby-Smith et al. 2021, theorem 2.2, with GrowthBook's tuning", () => {
  // numpy, of unit variance: sqrt(2 (n rho^2 + 1) ln(sqrt(n rho^2 + 1) / .05) / (n rho)^2).
  const golden = [
    [1000, 5000, 0.001587230920347513, 0.10637547006557503],
    [5000, 5000, 0.001587230920347513, 0.04292433718826846],
    [200, 1000, 0.007936154601737565, 0.2378627822051198],
    [40_000, 20_000, 0.00039680773008687827, 0.015307386094337084],
  ]
  for (const [units, expected, rho2, half] of golden) {
    expect(mixtureVariance(expected, 0.05)).toBeCloseTo(rho2, 14)
    expect(sequenceMultiplier(units, rho2, 0.05) / Math.sqrt(units)).toBeCloseTo(half, 13)
  }
  expect(() => mixtureVariance(0, 0.05)).toThrow("above 0, got 0")
})

it("the sequence is narrowest near the units it is tuned for", () => {
  for (const expected of [500, 5000, 100_000]) {
    const at = (tuned: number): number => sequenceMultiplier(expected, mixtureVariance(tuned, 0.05), 0.05)
    // Their rho is an approximation: within 1 % of the best.
    for (const other of [expected / 10, expected / 2, expected * 2, expected * 10]) {
      expect(at(expected)).toBeLessThan(1.01 * at(other))
    }
    expect(at(expected)).toBeGreaterThan(1.4 * 1.96)
    expect(at(expected)).toBeLessThan(1.6 * 1.96)
  }
})

it("the always-valid p-value is below alpha exactly where the sequence excludes 0", () => {
  expect(sequenceP(3.2, 5000, mixtureVariance(5000, 0.05))).toBeCloseTo(0.03168240064982837, 12)
  expect(sequenceP(2.1, 2000, mixtureVariance(5000, 0.05))).toBeCloseTo(0.3820149725774297, 12)
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 8, noNaN: true }),
      fc.integer({ min: 10, max: 1_000_000 }),
      fc.integer({ min: 100, max: 100_000 }),
      (z, units, expected) => {
        const rho2 = mixtureVariance(expected, 0.05)
        const bound = sequenceMultiplier(units, rho2, 0.05)
        fc.pre(Math.abs(z - bound) > 1e-9)
        expect(sequenceP(z, units, rho2) < 0.05).toBe(z > bound)
      },
    ),
  )
})

it("the posterior is the precision-weighted mean, and the loss is the normal's", () => {
  // Prior and data equally sure: half the effect, variance halved.
  expect(posteriorOf(0.1, 0.2, 0.2)).toEqual({ mean: 0.05, deviation: 0.2 * Math.SQRT1_2 })
  expect(posteriorOf(0.1, 0.2, Infinity)).toEqual({ mean: 0.1, deviation: 0.2 })
  // scipy: norm.cdf(2.5); .012 pdf(2.5) - .03 cdf(-2.5).
  const posterior = { mean: 0.03, deviation: 0.012 }
  expect(chanceAbove(posterior)).toBeCloseTo(0.9937903346742238, 12)
  expect(expectedLoss(posterior)).toBeCloseTo(2.4049646149538497e-5, 15)
  expect(expectedLoss({ mean: -0.03, deviation: 0.012 }) - expectedLoss(posterior)).toBeCloseTo(0.03, 12)
})
