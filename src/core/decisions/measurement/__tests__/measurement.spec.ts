import fc from "fast-check"
import { seededRandom } from "../../../data"
import { positionOf } from "../../assign"
import { METRIC_NAMES } from "../../experiment"
import { armColumns, emptyOutcomes, groupByArm, measureExperiment, measureHoldout, metricHistory } from ".."
import type { Outcomes } from ".."

const DAY = 86_400_000

/** One row a unit: its arm, orders and revenue since, and revenue before. */
function outcomesOf(
  rows: { unit?: string; arm: string; orders?: number; revenue?: number; past?: number; day?: number }[],
): Outcomes {
  const outcomes = emptyOutcomes(rows.length)
  const arms = [...new Set(rows.map(({ arm }) => arm))]
  outcomes.arms = arms
  outcomes.countries = [""]
  rows.forEach(({ unit, arm, orders = 0, revenue = 0, past = 0, day = 0 }, i) => {
    outcomes.unit[i] = unit ?? `visitor:${i}`
    outcomes.arm[i] = arms.indexOf(arm)
    outcomes.orders[i] = orders
    outcomes.counted_orders[i] = orders
    outcomes.revenue[i] = revenue
    outcomes.past_revenue[i] = past
    outcomes.past_orders[i] = past > 0 ? 1 : 0
    outcomes.exposed_at[i] = day * DAY
  })
  return outcomes
}

const ARMS = [
  { arm: "control", weight: 1 },
  { arm: "b", weight: 1 },
]

describe("armColumns", () => {
  it("splits every metric by arm as a filter of the rows would, in their order", () => {
    const row = fc.record({
      arm: fc.constantFrom("control", "b", "gone"),
      orders: fc.integer({ min: 0, max: 3 }),
      revenue: fc.integer({ min: 0, max: 10_000 }),
      past: fc.integer({ min: 0, max: 500 }),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.constantFrom(...METRIC_NAMES), (rows, metric) => {
        const outcomes = outcomesOf(rows)
        const columns = armColumns(outcomes, metric, ARMS, groupByArm(outcomes, ARMS), true)
        for (const { arm, units, y } of columns) {
          const own = rows.filter((one) => one.arm === arm)
          expect(units).toBe(own.length)
          if (metric === "conversion") expect([...y]).toEqual(own.map(({ orders }) => (orders > 0 ? 1 : 0)))
          if (metric === "orders") expect([...y]).toEqual(own.map(({ orders }) => orders))
          if (metric === "revenue") expect([...y]).toEqual(own.map(({ revenue }) => revenue))
        }
      }),
    )
  })

  it("has a denominator for ratios alone, and a past where one is asked for and fits", () => {
    const outcomes = outcomesOf([{ arm: "control", orders: 2, revenue: 300, past: 50 }])
    const group = groupByArm(outcomes, ARMS)
    const [value] = armColumns(outcomes, "average_order_value", ARMS, group, true)
    expect([[...value.y], [...value.d!], value.x]).toEqual([[300], [2], undefined])
    const [revenue] = armColumns(outcomes, "revenue", ARMS, group, true)
    expect([revenue.d, [...revenue.x!]]).toEqual([undefined, [50]])
    expect(armColumns(outcomes, "revenue", ARMS, group, false)[0].x).toBeUndefined()
    const [conversion] = armColumns(outcomes, "conversion", ARMS, group, true)
    expect([[...conversion.y], [...conversion.x!]]).toEqual([[1], [1]])
  })
})

describe("measureExperiment", () => {
  const plan = {
    arms: ARMS,
    primary_metric: "revenue" as const,
    metrics: ["revenue", "conversion"] as const,
    minimum_effect: 0.05,
    alike: [],
    planned_units: 4000,
    covariate_days: 30,
    started_at: 0,
    at: 10 * DAY,
    ended: false,
  }

  it("finds an effect that was planted, and calls it for the arm that has it", () => {
    const random = seededRandom(7)
    const rows = Array.from({ length: 4000 }, (_, i) => {
      const past = Math.round(random.next() * 10_000)
      const noise = Math.round(random.next() * 2_000)
      return { arm: i % 2 === 0 ? "control" : "b", orders: 1, revenue: past + noise + (i % 2) * 1000, past }
    })
    const { analysis, units, untold } = measureExperiment(outcomesOf(rows), plan)
    expect([units, untold]).toEqual([4000, []])
    const revenue = analysis!.metrics[0].arms[1]
    expect(revenue.difference!.low).toBeLessThan(1000)
    expect(revenue.difference!.high).toBeGreaterThan(1000)
    expect(revenue.variance_reduction).toBeGreaterThan(0.9)
    expect(analysis!.verdict).toMatchObject({ code: "ship", arm: "b" })
  })

  it("says of an arm that loses units on one day that it is broken, and names the day", () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({
      arm: i % 2 === 0 ? "control" : "b",
      day: i % 4 < 2 ? 1 : 2,
    })).filter(({ arm, day }, i) => !(arm === "b" && day === 2 && i % 3 > 0))
    const { analysis } = measureExperiment(outcomesOf(rows), plan)
    expect(analysis!.verdict.code).toBe("broken")
    expect(analysis!.sample_ratio.worst).toMatchObject({ attribute: "day", value: "1970-01-03" })
  })

  it("leaves margin out while a cost is missing, and says of how many lines", () => {
    const outcomes = outcomesOf([{ arm: "control" }, { arm: "b" }])
    outcomes.costs_unknown = 3
    const asked = { ...plan, primary_metric: "margin" as const, metrics: ["margin", "revenue"] as const }
    const { analysis, untold } = measureExperiment(outcomes, asked)
    expect(untold).toEqual([{ metric: "margin", costs_unknown: 3 }])
    expect(analysis!.metrics.map(({ metric }) => metric)).toEqual(["revenue"])
    expect(measureExperiment(outcomes, { ...asked, metrics: ["margin"] }).analysis).toBeNull()
  })
})

describe("measureHoldout", () => {
  const units = Array.from({ length: 5000 }, (_, i) => `visitor:${i}`)
  const held = (unit: string, share: number) => positionOf(unit, "holdout:global") < share

  it("tells groups by the unit's position, whatever was recorded at its first exposure", () => {
    const outcomes = outcomesOf(units.map((unit) => ({ unit, arm: "treated" })))
    const { revenue } = measureHoldout(outcomes, {
      layer: "global",
      share_low: 0.1,
      share_high: 0.1,
      closed: true,
    })
    const expected = units.filter((unit) => held(unit, 0.1)).length
    expect([revenue.held_out, revenue.treated]).toEqual([expected, units.length - expected])
  })

  it("leaves out whom a change of the share has moved, and its split stays as planned", () => {
    const outcomes = outcomesOf(units.map((unit) => ({ unit, arm: "treated" })))
    const { revenue } = measureHoldout(outcomes, {
      layer: "global",
      share_low: 0.05,
      share_high: 0.2,
      closed: true,
    })
    expect(revenue.held_out).toBe(units.filter((unit) => held(unit, 0.05)).length)
    expect(revenue.treated).toBe(units.filter((unit) => !held(unit, 0.2)).length)
    expect(revenue.sample_ratio_p).toBeGreaterThan(0.001)
  })

  it("covers what was planted, times the treated units", () => {
    const random = seededRandom(11)
    const outcomes = outcomesOf(
      units.map((unit) => ({
        unit,
        arm: "treated",
        orders: 1,
        revenue: Math.round(random.next() * 1000) + (held(unit, 0.1) ? 0 : 200),
      })),
    )
    const { revenue, margin } = measureHoldout(outcomes, {
      layer: "global",
      share_low: 0.1,
      share_high: 0.1,
      closed: true,
    })
    expect(revenue.earned!.low).toBeLessThan(200 * revenue.treated)
    expect(revenue.earned!.high).toBeGreaterThan(200 * revenue.treated)
    expect(revenue.verdict).toBe("earned")
    // Costs are known of everything, and nothing was earned beyond them.
    expect(margin).toMatchObject({ earned: null, verdict: "cannot_tell" })
  })
})

describe("a month that is under way", () => {
  it("is not called by a fixed interval that excludes 0, which is looked at hourly; once it is over it is", () => {
    const units = Array.from({ length: 4000 }, (_, i) => `visitor:${i}`)
    const share = { layer: "global", share_low: 0.3, share_high: 0.3 }
    const random = seededRandom(5)
    const noise = units.map(() => Math.round(random.next() * 1000))
    const withEffect = (effect: number) =>
      outcomesOf(
        units.map((unit, i) => ({
          unit,
          arm: "treated",
          orders: 1,
          revenue: noise[i] + (positionOf(unit, "holdout:global") < 0.3 ? 0 : effect),
        })),
      )
    const weak = withEffect(8)
    const closed = measureHoldout(weak, { ...share, closed: true }).revenue
    const open = measureHoldout(weak, { ...share, closed: false }).revenue
    expect(open.earned).toEqual(closed.earned)
    expect(closed.earned!.low).toBeGreaterThan(0)
    expect(open.sequence!.low).toBeLessThan(0)
    expect([closed.verdict, open.verdict]).toEqual(["earned", "cannot_tell"])
    expect(measureHoldout(withEffect(100), { ...share, closed: false }).revenue.verdict).toBe("earned")
  })
})

describe("metricHistory", () => {
  it("has the mean, the spread, the units a day, and how well those with a past are foretold by it", () => {
    const outcomes = outcomesOf([
      { arm: "", orders: 1, revenue: 200, past: 100 },
      { arm: "", orders: 1, revenue: 400, past: 200 },
      { arm: "", orders: 1, revenue: 600, past: 300 },
      { arm: "", revenue: 0 },
    ])
    const history = metricHistory(outcomes, "revenue", 2, true)
    expect(history).toMatchObject({ mean: 300, new_units_per_day: 2, units_now: 0, returning_share: 0.75 })
    expect(history.variance).toBeCloseTo((100 ** 2 + 100 ** 2 + 300 ** 2 + 300 ** 2) / 3)
    expect(history.correlation).toBeCloseTo(1)
  })

  it("says nothing of a store that nobody came to", () => {
    expect(metricHistory(outcomesOf([]), "average_order_value", 28, true)).toEqual({
      mean: 0,
      variance: 0,
      units_now: 0,
      new_units_per_day: 0,
      returning_share: 0,
      correlation: 0,
    })
  })
})
