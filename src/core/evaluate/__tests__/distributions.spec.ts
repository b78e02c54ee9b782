import fc from "fast-check"
import {
  chiSquareTail,
  normalBelow,
  normalQuantile,
  studentCritical,
  studentTwoSided,
} from "../distributions"
import { fiellerInterval } from "../fieller"
import { benjaminiHochberg, holm } from "../multiple-testing"

/** Equal to 11 figures, in the tails too. */
function same(got: number, golden: number): void {
  expect(Math.abs(got - golden)).toBeLessThanOrEqual(1e-11 * Math.abs(golden))
}

it("the normal distribution agrees with scipy 1.17", () => {
  const below = [
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1, 0.15865525393145707],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [4, 0.9999683287581669],
  ]
  for (const [z, golden] of below) same(normalBelow(z), golden)
  const points = [
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.2, -0.8416212335729142],
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.9995, 3.2905267314919255],
  ]
  for (const [p, golden] of points) same(normalQuantile(p), golden)
  expect(() => normalQuantile(1)).toThrow("between 0 and 1, got 1")
})

it("chi-square and Student's t agree with scipy 1.17", () => {
  const tails = [
    [3.841458820694124, 1, 0.04999999999999989],
    [10.8, 1, 0.0010150009471130682],
    [5.99, 2, 0.05003662708658629],
    [0.5, 3, 0.9188914116546758],
    [30, 4, 4.894437128029217e-6],
    [50, 20, 0.0002214766382487835],
  ]
  for (const [x, degrees, golden] of tails) same(chiSquareTail(x, degrees), golden)
  const below = [
    [2, 1, 0.8524163823495667],
    [2.5, 5, 0.9727549503288119],
    [0.3, 30, 0.6168769473578236],
  ]
  for (const [t, degrees, golden] of below) same(studentTwoSided(t, degrees), 2 * (1 - golden))
  same(studentTwoSided(-1.3, 12.7), 2 * 0.10835026729210875)
  same(studentTwoSided(-4, 100), 2 * 6.0761822150380886e-5)
  const critical = [
    [0.05, 1, 12.706204736174694],
    [0.05, 5, 2.5705818356363146],
    [0.05, 12.7, 2.165567731368725],
    [0.1, 30, 1.697260886593957],
    [0.05, 1000, 1.9623390808264083],
    [0.001, 3.3, 11.106695189933484],
  ]
  for (const [alpha, degrees, golden] of critical) same(studentCritical(alpha, degrees), golden)
})

it("a quantile is the inverse of its distribution", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (p) => {
      expect(Math.abs(normalBelow(normalQuantile(p)) / p - 1)).toBeLessThan(1e-10)
    }),
  )
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
      fc.double({ min: 1, max: 1e5, noNaN: true }),
      (alpha, degrees) => {
        const t = studentCritical(alpha, degrees)
        expect(Math.abs(studentTwoSided(t, degrees) / alpha - 1)).toBeLessThan(1e-8)
      },
    ),
  )
})

it("Holm and Benjamini-Hochberg agree with the example of Benjamini and Hochberg 1995", () => {
  // The 15 p-values of their section 4.1; corrected by statsmodels 0.15. Their text: Holm finds 3, BH 4.
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ]
  const byHolm = holm(p)
  const byHochberg = benjaminiHochberg(p)
  const goldenHolm = [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213]
  goldenHolm.forEach((golden, i) => expect(byHolm[i]).toBeCloseTo(golden, 10))
  const goldenHochberg = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765]
  goldenHochberg.forEach((golden, i) => expect(byHochberg[i]).toBeCloseTo(golden, 8))
  expect(byHolm.filter((value) => value < 0.05)).toHaveLength(3)
  expect(byHochberg.filter((value) => value < 0.05)).toHaveLength(4)
  // In the order given, not sorted (statsmodels).
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
  expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005])).toEqual([0.02, 0.04, 0.04, 0.02])
  expect(() => holm([0.5, 1.5])).toThrow("from 0 to 1, got 1.5")
})

it("no correction makes a p-value smaller, and Benjamini-Hochberg is never stricter than Holm", () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })
  fc.assert(
    fc.property(values, (p) => {
      const strict = holm(p)
      const mild = benjaminiHochberg(p)
      p.forEach((value, i) => {
        expect(mild[i]).toBeGreaterThanOrEqual(value - 1e-15)
        expect(strict[i]).toBeGreaterThanOrEqual(mild[i] - 1e-12)
        expect(strict[i]).toBeLessThanOrEqual(1)
      })
    }),
  )
})

it("Fieller's bounds are the ratios at which numerator - r x denominator is just significant", () => {
  const numbers = fc.double({ min: 0.5, max: 50, noNaN: true })
  const share = fc.double({ min: 0.001, max: 0.2, noNaN: true })
  fc.assert(
    fc.property(numbers, numbers, share, share, (numerator, denominator, s, t) => {
      const pair = {
        numerator,
        denominator,
        numerator_variance: (s * numerator) ** 2,
        denominator_variance: (t * denominator) ** 2,
        covariance: 0.3 * s * t * numerator * denominator,
      }
      const bounds = fiellerInterval(pair, 1.96)
      expect(bounds).not.toBeNull()
      for (const r of [bounds!.low, bounds!.high]) {
        const variance = pair.numerator_variance - 2 * r * pair.covariance + r * r * pair.denominator_variance
        expect(Math.abs(numerator - r * denominator) / Math.sqrt(variance)).toBeCloseTo(1.96, 6)
      }
    }),
  )
  const noisy = {
    numerator: 1,
    numerator_variance: 1,
    denominator: 1,
    denominator_variance: 1,
    covariance: 0,
  }
  expect(fiellerInterval(noisy, 1.96)).toBeNull()
})
