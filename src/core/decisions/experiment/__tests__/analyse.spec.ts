import {
  analyseExperiment,
  METRICS,
  METRIC_NAMES,
  unitsUntilSettled,
  compareArms,
  type ArmColumns,
  type ExperimentInput,
  type MetricName,
} from ".."
import { arm, revenue } from "./shop"

interface Shape {
  units: number
  /** Share of units that buy, by arm, the control first. */
  conversions: number[]
  unsubscribes?: number[]
}

/** Exactly `share` of the units. */
function share(name: string, units: number, share: number): ArmColumns {
  return arm(name, new Float64Array(units).fill(1, 0, Math.round(units * share)))
}

function experiment({ units, conversions, unsubscribes }: Shape): ExperimentInput {
  const columns = (shares: number[]): ArmColumns[] =>
    shares.map((one, i) => share(i === 0 ? "control" : `arm-${i}`, units, one))
  const metrics: { metric: MetricName; arms: ArmColumns[] }[] = [
    { metric: "conversion", arms: columns(conversions) },
  ]
  if (unsubscribes !== undefined) {
    metrics.push({ metric: "unsubscribes", arms: columns(unsubscribes) })
  }
  return {
    arms: metrics[0].arms,
    metrics,
    primary_metric: "conversion",
    planned_units: 20_000,
    units_per_day: 500,
  }
}

const keys = (input: ExperimentInput): string[] =>
  analyseExperiment(input).verdict.reasons.map(({ key }) => key)

it("ships early what the always-valid interval says is better, and stops what it says is worse", () => {
  const better = analyseExperiment(experiment({ units: 3000, conversions: [0.1, 0.2] })).verdict
  expect(better).toMatchObject({ code: "ship", arm: "arm-1", until: null })
  expect(better.reasons[0]).toMatchObject({ key: "better", data: { looks: "always", relative: "yes" } })
  const worse = analyseExperiment(experiment({ units: 3000, conversions: [0.2, 0.1] })).verdict
  expect(worse).toMatchObject({ code: "stop", arm: "arm-1" })
  expect(worse.reasons[0].key).toBe("worse")
})

it("a difference that only a single look would call keeps running until it would settle, at most until the planned end", () => {
  const input = experiment({ units: 3000, conversions: [0.1, 0.117] })
  const { verdict, metrics } = analyseExperiment(input)
  expect(metrics[0].arms[1].p).toBeLessThan(0.05)
  expect(metrics[0].arms[1].p_sequence).toBeGreaterThan(0.05)
  expect(verdict.code).toBe("keep_running")
  expect(verdict.reasons[0].key).toBe("not_settled")
  expect(verdict.until!.units).toBeGreaterThan(6000)
  expect(verdict.until!.units).toBeLessThanOrEqual(20_000)
  expect(verdict.until!.days).toBe(Math.ceil((verdict.until!.units - 6000) / 500))
  // The same at its planned end is shipped: there the one look was planned.
  expect(analyseExperiment({ ...input, ended: true }).verdict).toMatchObject({ code: "ship", arm: "arm-1" })
})

it("stops at the planned end where nothing was found, and earlier where what could be left is too small to matter", () => {
  const even = experiment({ units: 4000, conversions: [0.1, 0.1] })
  expect(analyseExperiment({ ...even, ended: true }).verdict.code).toBe("stop")
  expect(keys({ ...even, ended: true })).toEqual(["no_difference"])
  expect(analyseExperiment(even).verdict.code).toBe("keep_running")
  expect(keys({ ...even, minimum_effect: 0.6 })).toEqual(["too_small_to_matter"])
})

it("a guard rail that is worse stops an arm that is better", () => {
  const harmful = experiment({ units: 3000, conversions: [0.1, 0.2], unsubscribes: [0.01, 0.05] })
  expect(analyseExperiment(harmful).verdict).toMatchObject({ code: "stop", arm: "arm-1" })
  expect(keys(harmful)).toEqual(["better", "guard_rail_worse"])
  const harmless = experiment({ units: 3000, conversions: [0.1, 0.2], unsubscribes: [0.05, 0.01] })
  expect(analyseExperiment(harmless).verdict.code).toBe("ship")
})

it("returns that are worse are a guard rail like any other", () => {
  const input = experiment({ units: 3000, conversions: [0.1, 0.2] })
  const returns = (...shares: number[]): ArmColumns[] =>
    shares.map((one, i) => ({
      ...share(i === 0 ? "control" : `arm-${i}`, 3000, one),
      d: new Float64Array(3000).fill(1),
    }))
  const withReturns = (arms: ArmColumns[]): ExperimentInput => ({
    ...input,
    metrics: [...input.metrics, { metric: "returns", arms }],
  })
  expect(keys(withReturns(returns(0.05, 0.15)))).toEqual(["better", "guard_rail_worse"])
  expect(analyseExperiment(withReturns(returns(0.05, 0.15))).verdict.code).toBe("stop")
  expect(analyseExperiment(withReturns(returns(0.15, 0.05))).verdict.code).toBe("ship")
})

it("an arm that does the same as the control is never shipped, and its verdict says that it is alike", () => {
  const found = { ...experiment({ units: 3000, conversions: [0.1, 0.2] }), alike: ["arm-1"] }
  for (const ended of [false, true]) {
    expect(analyseExperiment({ ...found, ended }).verdict).toMatchObject({ code: "stop", arm: "arm-1" })
    expect(keys({ ...found, ended })).toEqual(["arms_alike", "better"])
  }
  const even = { ...experiment({ units: 3000, conversions: [0.1, 0.1] }), alike: ["arm-1"] }
  expect(analyseExperiment(even).verdict.code).toBe("keep_running")
  expect(keys(even)).toEqual(["arms_alike", "not_settled"])
  // Beside it another arm may be shipped.
  const three = { ...experiment({ units: 3000, conversions: [0.1, 0.25, 0.2] }), alike: ["arm-1"] }
  expect(analyseExperiment(three).verdict).toMatchObject({ code: "ship", arm: "arm-2" })
})

it("of several arms the best that no guard rail speaks against is shipped", () => {
  const input = experiment({
    units: 3000,
    conversions: [0.1, 0.18, 0.22, 0.1],
    unsubscribes: [0.01, 0.01, 0.05, 0.01],
  })
  expect(analyseExperiment(input).verdict).toMatchObject({ code: "ship", arm: "arm-1" })
})

it("is broken when units are lost, or an arm has none, and says where they are lost", () => {
  const input = experiment({ units: 3000, conversions: [0.1, 0.2] })
  const lost = input.metrics[0].arms.map((one, i) =>
    i === 0 ? one : { ...one, units: 2600, y: one.y.slice(0, 2600) },
  )
  const broken = analyseExperiment({
    ...input,
    arms: lost,
    metrics: [{ metric: "conversion", arms: lost }],
    segments: [
      {
        attribute: "device",
        values: [
          { value: "desktop", units: [1500, 1490] },
          { value: "mobile", units: [1500, 1110] },
        ],
      },
    ],
  })
  expect(broken.verdict).toMatchObject({ code: "broken", arm: null })
  expect(broken.sample_ratio).toMatchObject({ broken: true, worst: { attribute: "device", value: "mobile" } })
  const empty = [input.arms[0], { arm: "arm-1", weight: 1, units: 0 }]
  const none = input.metrics[0].arms.map((one, i) => (i === 0 ? one : arm("arm-1", [])))
  expect(
    keys({ ...input, arms: empty as ArmColumns[], metrics: [{ metric: "conversion", arms: none }] }),
  ).toEqual(["arm_without_units", "sample_ratio_mismatch"])
})

it("before anything has happened it keeps running", () => {
  const input = experiment({ units: 20, conversions: [0, 0] })
  expect(analyseExperiment(input).verdict.code).toBe("keep_running")
  expect(keys(input)).toEqual(["too_few_units"])
  const nobody = experiment({ units: 0, conversions: [0, 0] })
  expect(analyseExperiment(nobody).verdict.code).toBe("keep_running")
})

it("the primary metric is corrected over its arms by Holm, all others together by Benjamini-Hochberg", () => {
  const input = experiment({
    units: 2000,
    conversions: [0.1, 0.12, 0.125],
    unsubscribes: [0.03, 0.04, 0.03],
  })
  const { metrics } = analyseExperiment(input)
  const [first, second] = metrics[0].arms.slice(1)
  const smaller = Math.min(first.p!, second.p!)
  expect(Math.min(first.p_corrected!, second.p_corrected!)).toBeCloseTo(2 * smaller, 12)
  const others = metrics[1].arms.slice(1)
  const most = others.reduce((a, b) => (a.p! > b.p! ? a : b))
  expect(most.p_corrected).toBeCloseTo(most.p!, 12)
  // The control is held against nothing.
  expect(metrics[0].arms[0]).toMatchObject({ arm: "control", difference: null, lift: null, p: null })
})

it("the answer is plain data: it survives JSON unchanged, with every metric there is", () => {
  const units = 1200
  const arms = ["control", "b", "c"].map((name, i) => {
    const y = revenue(units, 50 + 2 * i)
    return arm(name, y, { d: y.map((value) => (value > 0 ? 1 : 0)), x: revenue(units, 51 + 2 * i) })
  })
  const answer = analyseExperiment({
    arms,
    metrics: METRIC_NAMES.map((metric) => ({ metric, arms })),
    primary_metric: "revenue",
    segments: [{ attribute: "country", values: [{ value: "de", units: [1200, 1200, 1200] }] }],
  })
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
  expect(answer.metrics.map(({ metric }) => metric)).toEqual([...METRIC_NAMES])
  // Only heavy-tailed metrics are cut, all arms at one place.
  for (const { metric, arms: results } of answer.metrics) {
    const places = new Set(results.map(({ winsorised }) => winsorised?.at ?? null))
    expect(places.size).toBe(1)
    expect(places.has(null)).toBe(!METRICS[metric].heavy_tailed)
  }
})

it("says what is wrong with its input", () => {
  const input = experiment({ units: 100, conversions: [0.1, 0.2] })
  expect(() => analyseExperiment({ ...input, primary_metric: "revenue" })).toThrow(
    "no columns of the primary metric revenue, only of: conversion",
  )
  expect(() => analyseExperiment({ ...input, arms: [...input.arms].reverse() })).toThrow(
    "conversion must have the arms arm-1, control, got control, arm-1",
  )
  expect(() => analyseExperiment({ ...input, arms: input.arms.slice(1) })).toThrow("two or more arms")
  const ratio = [{ metric: "average_order_value" as const, arms: input.metrics[0].arms }]
  expect(() =>
    analyseExperiment({ ...input, metrics: ratio, primary_metric: "average_order_value" }),
  ).toThrow("is a ratio and needs a denominator column d")
})

it("the units until an interval settles are those at which it does", () => {
  const y = revenue(2000, 3)
  const comparison = compareArms(
    arm("a", y),
    arm(
      "b",
      y.map((value) => value * 1.2),
    ),
  )
  const plan = { planned_units: null, expected_units: 5000, sequence_alpha: 0.05 }
  const units = unitsUntilSettled(comparison, 4000, plan)!
  expect(units).toBeGreaterThan(4000)
  // As many times the units, the same units over again: the same difference with a smaller error.
  const times = Math.ceil(units / 4000)
  const over = (from: Float64Array, count: number): Float64Array =>
    Float64Array.from({ length: from.length * count }, (_, i) => from[i % from.length])
  const seen = (count: number): number =>
    compareArms(
      arm("a", over(y, count)),
      arm(
        "b",
        over(
          y.map((value) => value * 1.2),
          count,
        ),
      ),
    ).sequence!.difference.low
  expect(seen(times)).toBeGreaterThan(0)
  expect(seen(times - 1)).toBeLessThan(0)
  expect(unitsUntilSettled(comparison, 4000, { ...plan, planned_units: 5000 })).toBe(5000)
})
