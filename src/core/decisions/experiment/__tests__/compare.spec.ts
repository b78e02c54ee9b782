import fc from "fast-check"
import { seededRandom } from "../../../data"
import { compareArms, type ArmColumns, type CompareOptions } from ".."
import { arm, normals, revenue } from "./shop"

const WELCH: CompareOptions = { borrow_variance: false }

it("Welch's interval and p agree with scipy 1.17 on Student's sleep data", () => {
  // scipy.stats.ttest_ind(b, a, equal_var=False): t = 1.8608, df = 17.7765, p = 0.07939, interval -0.2055 to 3.3655.
  const a = arm("a", [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])
  const b = arm("b", [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
  const { difference, p, degrees_of_freedom: df } = compareArms(a, b, WELCH)
  expect(difference!.value).toBeCloseTo(1.58, 12)
  expect(difference!.low).toBeCloseTo(-0.20548323071171137, 10)
  expect(difference!.high).toBeCloseTo(3.3654832307117104, 10)
  expect(df).toBeCloseTo(17.776473516178488, 9)
  expect(p).toBeCloseTo(0.0793941401873583, 11)
})

it("the lift's interval is Fieller's with Welch's quantile", () => {
  // numpy: the roots of Fieller's quadratic with scipy.stats.t.ppf(.975, 14.2514).
  const control = arm("control", [11, 12.5, 9.8, 10.7, 13.1, 12.2, 11.9, 10.1])
  const treatment = arm("b", [13.2, 12.9, 14.1, 12.5, 11.8, 15, 13.7, 12.2, 14.4])
  const { lift, difference } = compareArms(control, treatment, WELCH)
  expect(lift!.value).toBeCloseTo(0.16636241937446772, 12)
  expect(lift!.low).toBeCloseTo(0.0593186465024451, 10)
  expect(lift!.high).toBeCloseTo(0.2879975236917773, 10)
  expect(difference!.low).toBeCloseTo(0.7181466578198954, 10)
})

it("variances are Welch's where tails are light and pooled where a small arm cannot know its own", () => {
  const normal = normals(5)
  const wide = Float64Array.from({ length: 20_000 }, () => 10 + normal())
  const narrow = Float64Array.from({ length: 20_000 }, () => 10 + 0.5 * normal())
  const own = compareArms(arm("a", wide), arm("b", narrow), WELCH).standard_error!
  expect(compareArms(arm("a", wide), arm("b", narrow)).standard_error! / own).toBeCloseTo(1, 2)
  const held = revenue(500, 8, { conversion: 0.05, sigma: 1.4 })
  const rest = revenue(9500, 9, { conversion: 0.05, sigma: 1.4 })
  const both = Float64Array.of(...held, ...rest)
  const mean = both.reduce((sum, value) => sum + value, 0) / both.length
  const variance = both.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (both.length - 1)
  const pooled = Math.sqrt(variance * (1 / 500 + 1 / 9500))
  expect(compareArms(arm("a", held), arm("b", rest)).standard_error! / pooled).toBeCloseTo(1, 1)
})

it("a ratio of one a unit is the mean, and a ratio is told per unit of randomisation", () => {
  const y = revenue(400, 1)
  const ones = new Float64Array(400).fill(1)
  const mean = compareArms(arm("a", y.slice(0, 200)), arm("b", y.slice(200)))
  const ratio = compareArms(
    arm("a", y.slice(0, 200), { d: ones.slice(0, 200) }),
    arm("b", y.slice(200), { d: ones.slice(200) }),
  )
  expect(ratio.difference!.value).toBeCloseTo(mean.difference!.value, 6)
  expect(ratio.difference!.low).toBeCloseTo(mean.difference!.low, 5)
  // Twice the orders of the same units are no more evidence: y and d doubled leave the interval as it is.
  const d = Float64Array.from({ length: 200 }, (_, i) => (i % 3) + 1)
  const spent = Float64Array.from({ length: 200 }, (_, i) => d[i] * (20 + (i % 7)))
  const once = compareArms(arm("a", spent, { d }), arm("b", spent, { d }))
  const double = (column: Float64Array): Float64Array => column.map((value) => 2 * value)
  const twice = compareArms(
    arm("a", double(spent), { d: double(d) }),
    arm("b", double(spent), { d: double(d) }),
  )
  expect(twice.standard_error).toBeCloseTo(once.standard_error!, 12)
})

it("the past takes 1 - rho^2 of the variance and leaves the difference where it was", () => {
  const normal = normals(21)
  const rho = 0.7
  const draw = (units: number, effect: number): { y: Float64Array; x: Float64Array } => {
    const x = Float64Array.from({ length: units }, () => normal())
    return { x, y: x.map((past) => 5 + effect + rho * past + Math.sqrt(1 - rho * rho) * normal()) }
  }
  const a = draw(20_000, 0)
  const b = draw(20_000, 0.1)
  const used = compareArms(arm("a", a.y, { x: a.x }), arm("b", b.y, { x: b.x }))
  expect(used.variance_reduction).toBeGreaterThan(0.9 * rho * rho)
  expect(used.variance_reduction).toBeLessThan(1.1 * rho * rho)
  expect(used.theta).toBeCloseTo(rho, 1)
  expect(Math.abs(used.difference!.value - 0.1)).toBeLessThan(0.025)
  const none = new Float64Array(20_000)
  const without = compareArms(arm("a", a.y, { x: none }), arm("b", b.y, { x: none }))
  expect(without).toMatchObject({ theta: null, variance_reduction: 0 })
  expect(without.difference).toEqual(compareArms(arm("a", a.y), arm("b", b.y)).difference)
})

it("winsorising cuts both arms at one quantile of the positive values, and says where and how many", () => {
  const y = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i - 899))
  const cut = compareArms(arm("a", y), arm("b", y), { winsorise: 0.95 })
  // Positive values of both are 1 to 100 twice: type 7 quantile at .95 x 199 = 189.05 of them.
  expect(cut.winsorised!.at).toBeCloseTo(95.05, 9)
  expect(cut.winsorised!.units).toBe(10)
  expect(compareArms(arm("a", y), arm("b", y), { winsorise: 1 }).difference).toEqual(
    compareArms(arm("a", y), arm("b", y)).difference,
  )
  expect(() => compareArms(arm("a", y), arm("b", y), { winsorise: 1.5 })).toThrow("at most 1, got 1.5")
})

it("what cannot be told is null, not a number", () => {
  const one = compareArms(arm("a", [1]), arm("b", [2, 3]))
  expect(one).toMatchObject({ difference: null, lift: null, p: null, sequence: null, bayes: null })
  const same = compareArms(arm("a", [0, 0, 0]), arm("b", [0, 0, 0]))
  expect(same).toMatchObject({ difference: null, p: null })
  const noise = compareArms(arm("a", [-1, 1, -2, 2]), arm("b", [1, 2, 3, 4]))
  expect(noise.difference).not.toBeNull()
  expect(noise.lift).toBeNull()
  expect(() => compareArms(arm("a", [1, 2], { units: 3 }), arm("b", [1]))).toThrow(
    "one row a unit (3), got 2",
  )
  expect(() => compareArms(arm("a", [1, Number.NaN]), arm("b", [1]))).toThrow("row 1 is NaN")
})

const columns = fc
  .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 3, maxLength: 40 })
  .filter((y) => new Set(y).size > 1)

it("swapping the arms turns the sign, scaling scales the interval, and intervals hold their point", () => {
  const pair = (y: number[], name: string, scale = 1): ArmColumns =>
    arm(
      name,
      y.map((value) => value * scale),
    )
  fc.assert(
    fc.property(columns, columns, fc.integer({ min: 2, max: 50 }), (a, b, scale) => {
      const there = compareArms(pair(a, "a"), pair(b, "b"))
      const back = compareArms(pair(b, "b"), pair(a, "a"))
      const close = (got: number, want: number): void => {
        expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(want)))
      }
      close(back.difference!.value, -there.difference!.value)
      close(back.difference!.low, -there.difference!.high)
      close(back.p!, there.p!)
      const scaled = compareArms(pair(a, "a", scale), pair(b, "b", scale))
      close(scaled.difference!.low, scale * there.difference!.low)
      close(scaled.difference!.high, scale * there.difference!.high)
      if (there.lift !== null) {
        close(scaled.lift!.low, there.lift.low)
        expect(there.lift.low).toBeLessThanOrEqual(there.lift.value)
        expect(there.lift.value).toBeLessThanOrEqual(there.lift.high)
      }
      const { difference, sequence } = there
      expect(difference!.low).toBeLessThanOrEqual(difference!.value)
      expect(difference!.value).toBeLessThanOrEqual(difference!.high)
      expect(sequence!.difference.low).toBeLessThanOrEqual(difference!.value)
    }),
  )
})

it("intervals hold a planted lift of heavy-tailed revenue in about 95 of 100 runs, where Welch's fail a small control", () => {
  const runs = 250
  const truth = 0.1 * 0.05 * 4000 * Math.exp(0.5 * 1.3 * 1.3)
  const held = { borrowed: 0, lift: 0, welch: 0 }
  for (let run = 0; run < runs; run++) {
    const a = arm("control", revenue(400, 1000 + 2 * run, { conversion: 0.05, sigma: 1.3 }))
    const b = arm("b", revenue(5600, 1001 + 2 * run, { conversion: 0.055, sigma: 1.3 }))
    const { difference, lift } = compareArms(a, b)
    const welch = compareArms(a, b, WELCH).difference!
    if (difference!.low <= truth && truth <= difference!.high) held.borrowed++
    // Without a lift nothing is claimed.
    if (lift === null || (lift.low <= 0.1 && lift.high >= 0.1)) held.lift++
    if (welch.low <= truth && truth <= welch.high) held.welch++
  }
  expect(held.borrowed / runs).toBeGreaterThan(0.92)
  expect(held.lift / runs).toBeGreaterThan(0.92)
  expect(held.welch / runs).toBeLessThan(0.9)
})

it("in 250 A/A runs of 10 looks, the always-valid interval errs in at most 5 of 100 and peeking in more than 12", () => {
  let always = 0
  let naive = 0
  for (let run = 0; run < 250; run++) {
    const a = revenue(1000, 5000 + 2 * run)
    const b = revenue(1000, 5001 + 2 * run)
    let early = false
    let peeked = false
    for (let look = 1; look <= 10; look++) {
      const seen = compareArms(arm("a", a.subarray(0, 100 * look)), arm("b", b.subarray(0, 100 * look)), {
        expected_units: 2000,
      })
      if (seen.sequence === null) continue
      if (seen.sequence.difference.low > 0 || seen.sequence.difference.high < 0) early = true
      if (seen.p! < 0.05) peeked = true
    }
    if (early) always++
    if (peeked) naive++
  }
  expect(always / 250).toBeLessThanOrEqual(0.05)
  expect(naive / 250).toBeGreaterThan(0.12)
})

it("the chance to win is right as often as it says", () => {
  // With the prior that effects were drawn from, arms with a chance of 70 to 90 % truly win in 70 to 90 %.
  const normal = normals(3)
  const random = seededRandom(4)
  let said = 0
  let won = 0
  let cases = 0
  for (let run = 0; run < 3000; run++) {
    const lift = 0.3 * normal()
    const draw = (mean: number): Float64Array => Float64Array.from({ length: 30 }, () => mean + 2 * normal())
    const lower = random.next() < 0.5
    const { bayes } = compareArms(
      arm("a", draw(10)),
      arm("b", draw(10 * (1 + (lower ? -lift : lift) * 0.1))),
      {
        prior_lift_deviation: 0.03,
        lower_is_better: lower,
      },
    )
    if (bayes!.chance_to_win < 0.7 || bayes!.chance_to_win > 0.9) continue
    cases++
    said += bayes!.chance_to_win
    if (lift > 0) won++
  }
  expect(cases).toBeGreaterThan(300)
  expect(Math.abs(won - said) / cases).toBeLessThan(0.07)
})
