import { bootstrap, quantile, weightedMean } from ".."

it("quantiles interpolate as R's type 7", () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75, 12)
  expect(quantile([5], 0.9)).toBe(5)
  expect(quantile([], 0.5)).toBeNaN()
})

it("the interval of a rate is near the normal approximation and the same for the same seed", () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => (i < 100 ? 1 : 0))
  const interval = () => bootstrap(400, (times) => weightedMean(values, times), { resamples: 2000, seed: 3 })
  const { value, low, high } = interval()
  const half = 1.96 * Math.sqrt((0.25 * 0.75) / 400)
  expect(value).toBe(0.25)
  expect(low).toBeGreaterThan(0.25 - half - 0.01)
  expect(low).toBeLessThan(0.25 - half + 0.01)
  expect(high).toBeGreaterThan(0.25 + half - 0.01)
  expect(high).toBeLessThan(0.25 + half + 0.01)
  expect(interval()).toEqual({ value, low, high })
})
