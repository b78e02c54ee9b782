import { seededRandom } from "../../data"
import { meanInterval, ratioInterval, wilsonInterval, type PairedSums } from "../intervals"

it("Wilson's interval agrees with published values", () => {
  // R: prop.test(10, 100, correct = FALSE) and (81, 263) of Newcombe 1998, table I, method 3.
  const published = [
    [10, 100, 0.0552, 0.1744],
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]
  for (const [successes, trials, low, high] of published) {
    const got = wilsonInterval(successes, trials)
    expect(got.value).toBe(successes / trials)
    expect(got.low).toBeCloseTo(low, 4)
    expect(got.high).toBeCloseTo(high, 4)
  }
  expect(wilsonInterval(0, 0)).toEqual({ value: Number.NaN, low: 0, high: 1 })
  expect(wilsonInterval(5, 5).high).toBe(1)
  expect(() => wilsonInterval(6, 5)).toThrow("from 0 to 5 trials, got 6")
})

it("the mean's interval is the normal one of the sums", () => {
  // 1, 2, 3, 4: mean 2.5, s^2 = 5 / 3, half 1.96 sqrt(5 / 12)
  const { value, low, high } = meanInterval({ count: 4, sum: 10, sum_squares: 30 }, 1000)
  expect(value).toBe(2500)
  expect(high - value).toBeCloseTo(1000 * 1.959964 * Math.sqrt(5 / 12), 2)
  expect(value - low).toBeCloseTo(high - value, 9)
  expect(meanInterval({ count: 1, sum: 5, sum_squares: 25 }).low).toBeNaN()
})

it("the ratio's interval is the mean's where every unit holds one", () => {
  const sums = { count: 4, sum_y: 10, sum_x: 4, sum_yy: 30, sum_xx: 4, sum_xy: 10 }
  const ratio = ratioInterval(sums, 1000)
  const mean = meanInterval({ count: 4, sum: 10, sum_squares: 30 }, 1000)
  expect(ratio.value).toBe(mean.value)
  expect(ratio.low).toBeCloseTo(mean.low, 6)
  expect(ratio.high).toBeCloseTo(mean.high, 6)
})

it("holds the truth in about 95 of 100 stores whose visitors differ, where counting impressions alone does not", () => {
  const random = seededRandom(3)
  let held = 0
  let naive = 0
  const truth = 5 / 3
  for (let store = 0; store < 400; store++) {
    const sums: PairedSums = { count: 300, sum_y: 0, sum_x: 0, sum_yy: 0, sum_xx: 0, sum_xy: 0 }
    let squares = 0
    for (let visitor = 0; visitor < 300; visitor++) {
      // 1 to 5 impressions of which all are worth 10 (one visitor in six) or none.
      const x = 1 + random.below(5)
      const each = random.next() < 1 / 6 ? 10 : 0
      sums.sum_x += x
      sums.sum_y += each * x
      sums.sum_xx += x * x
      sums.sum_yy += each * x * each * x
      sums.sum_xy += each * x * x
      squares += x * each * each
    }
    const { low, high } = ratioInterval(sums)
    if (low <= truth && truth <= high) held++
    const flat = meanInterval({ count: sums.sum_x, sum: sums.sum_y, sum_squares: squares })
    if (flat.low <= truth && truth <= flat.high) naive++
  }
  expect(held / 400).toBeGreaterThan(0.92)
  expect(held / 400).toBeLessThan(0.98)
  expect(naive / 400).toBeLessThan(0.8)
})
