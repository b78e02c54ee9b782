import fc from "fast-check"
import { compareArms, detectableEffect, holdoutEffect, planExperiment, type MetricHistory } from ".."
import { arm, normals, revenue } from "./shop"

const HISTORY: MetricHistory = {
  mean: 1,
  variance: 1,
  units_now: 0,
  new_units_per_day: 100,
  returning_share: 0,
  correlation: 0,
}

it("the units needed are statsmodels' for equal and unequal arms", () => {
  // statsmodels NormalIndPower().solve_power(effect_size=.1, alpha=.05, power=.8, ratio=1 and 19), first arm.
  expect(planExperiment(HISTORY, { weights: [1, 1] }, 0.1)).toEqual({
    units: Math.ceil(2 * 1569.7721019023288),
    days: 32,
  })
  expect(planExperiment(HISTORY, { weights: [0.05, 0.95] }, 0.1).units).toBe(
    Math.ceil(20 * 826.1958431697907),
  )
})

it("the past, traffic, units that are there, and more arms change a plan as they should", () => {
  const plain = planExperiment(HISTORY, { weights: [1, 1] }, 0.1)
  const past = planExperiment(
    { ...HISTORY, returning_share: 0.5, correlation: 0.8 },
    { weights: [1, 1] },
    0.1,
  )
  expect(past.units! / plain.units!).toBeCloseTo(1 - 0.5 * 0.64, 3)
  expect(planExperiment(HISTORY, { weights: [1, 1], traffic: 0.5 }, 0.1).days).toBe(63)
  expect(planExperiment({ ...HISTORY, units_now: 3000 }, { weights: [1, 1] }, 0.1).days).toBe(2)
  expect(planExperiment({ ...HISTORY, units_now: 9000 }, { weights: [1, 1] }, 0.1).days).toBe(1)
  expect(planExperiment(HISTORY, { weights: [1, 1, 1] }, 0.1).units!).toBeGreaterThan(1.5 * plain.units!)
  expect(planExperiment(HISTORY, { weights: [1, 1] }, 0.01).days).toBeNull()
  expect(planExperiment({ ...HISTORY, mean: 0 }, { weights: [1, 1] }, 0.1)).toEqual({
    units: null,
    days: null,
  })
  expect(() => planExperiment(HISTORY, { weights: [1, 0] }, 0.1)).toThrow(
    "weights above 0 are needed, got [1, 0]",
  )
})

it("the effect found in the days planned is the effect planned for", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.02, max: 0.5, noNaN: true }),
      fc.double({ min: 0.02, max: 0.5, noNaN: true }),
      (effect, control) => {
        const design = { weights: [control, 1 - control] }
        const history = { ...HISTORY, new_units_per_day: 10_000 }
        const { days } = planExperiment(history, design, effect)
        fc.pre(days !== null && days > 1)
        expect(detectableEffect(history, design, days!)!.relative).toBeLessThanOrEqual(effect)
        expect(detectableEffect(history, design, days! - 1)!.relative).toBeGreaterThan(effect)
      },
    ),
  )
  expect(detectableEffect(HISTORY, { weights: [0.05, 0.95] }, 0)).toBeNull()
})

it("an experiment of the planned size finds the planned effect in about 80 of 100 runs", () => {
  const history = { ...HISTORY, mean: 10, variance: 4 }
  const { units } = planExperiment(history, { weights: [1, 3] }, 0.05)
  let found = 0
  const normal = normals(12)
  for (let run = 0; run < 600; run++) {
    const draw = (count: number, mean: number): Float64Array =>
      Float64Array.from({ length: Math.round(count) }, () => mean + 2 * normal())
    if (compareArms(arm("a", draw(units! / 4, 10)), arm("b", draw((3 * units!) / 4, 10.5))).p! < 0.05) found++
  }
  expect(found / 600).toBeGreaterThan(0.75)
  expect(found / 600).toBeLessThan(0.85)
})

it("the earned amount is the difference times the treated, and is called only when its interval leaves 0 out", () => {
  const treated = arm("treated", revenue(9500, 31, { conversion: 0.4, sigma: 0.5 }), { weight: 0.95 })
  const held = arm("held", revenue(500, 32, { conversion: 0.2, sigma: 0.5 }), { weight: 0.05 })
  const difference = compareArms(held, treated).difference!
  const effect = holdoutEffect(treated, held)
  expect(effect.earned).toEqual({
    value: difference.value * 9500,
    low: difference.low * 9500,
    high: difference.high * 9500,
  })
  expect(effect.verdict).toBe("earned")
  const swapped = holdoutEffect({ ...held, weight: 0.05 }, { ...treated, weight: 0.95 })
  expect(swapped.verdict).toBe("lost")
  const same = holdoutEffect(treated, arm("held", treated.y.slice(0, 500), { weight: 0.05 }))
  expect(same.verdict).toBe("cannot_tell")
  // (1.96 + 0.84) standard errors, of which the half-width is 1.96.
  const half = (same.earned!.high - same.earned!.low) / 2
  expect(same.detectable! / half).toBeCloseTo(2.8016 / 1.96, 2)
})

it("a holdout whose split is off tells nothing, whatever its interval says", () => {
  const treated = arm("treated", revenue(9500, 31, { conversion: 0.4, sigma: 0.5 }), { weight: 0.8 })
  const held = arm("held", revenue(500, 32, { conversion: 0.2, sigma: 0.5 }), { weight: 0.2 })
  const effect = holdoutEffect(treated, held)
  expect(effect.earned!.low).toBeGreaterThan(0)
  expect(effect.sample_ratio_p).toBeLessThan(0.001)
  expect(effect.verdict).toBe("cannot_tell")
  expect(holdoutEffect(treated, arm("held", []))).toMatchObject({ earned: null, detectable: null, p: null })
})

it("the holdout's interval holds what was truly earned in about 95 of 100 stores, and is as narrow as theory says", () => {
  const mean = 0.2 * 4000 * Math.exp(0.5 * 0.64)
  const square = 0.2 * 4000 * 4000 * Math.exp(2 * 0.64)
  let held = 0
  const widths: number[] = []
  for (let store = 0; store < 200; store++) {
    const control = revenue(250, 9000 + 2 * store, { conversion: 0.2, sigma: 0.8 })
    const rest = revenue(4750, 9001 + 2 * store, { conversion: 0.212, sigma: 0.8 })
    const { earned } = holdoutEffect(
      arm("treated", rest, { weight: 0.95 }),
      arm("held", control, { weight: 0.05 }),
    )
    if (earned!.low <= 0.06 * mean * 4750 && 0.06 * mean * 4750 <= earned!.high) held++
    widths.push((earned!.high - earned!.low) / 2)
  }
  const theory = 1.96 * 4750 * Math.sqrt((square - mean * mean) * (1 / 250 + 1.06 / 4750))
  expect(held / 200).toBeGreaterThan(0.9)
  expect(held / 200).toBeLessThan(0.99)
  expect(widths.sort((a, b) => a - b)[100]).toBeLessThan(1.1 * theory)
})
