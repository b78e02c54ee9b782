import { seededRandom } from "../../data"
import { INTERACTION_KIND, TrainingDataBuilder } from ".."
import { buyAgain, dueAt, dueScore, normalBelow } from "../buy-again"
import { DAY, NOW } from "./store"

const HISTORY = 900

/** Shoppers who buy product p again with `chance`, after a log-normal gap around `median[p]` days. */
function rhythmic(median: number[], chance: number, spread: number, shoppers: number) {
  const random = seededRandom(11)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const builder = new TrainingDataBuilder()
  median.forEach((_, p) => builder.addProduct({ id: `p${p}`, title: "", created_at: 0 }))
  let order = 0
  median.forEach((days, p) => {
    for (let s = 0; s < shoppers; s++) {
      let day = random.next() * HISTORY
      while (day <= HISTORY) {
        const at = NOW - (HISTORY - day) * DAY
        builder.addInteraction(`s${p}-${s}`, `o${order++}`, `p${p}`, INTERACTION_KIND.buy, at)
        if (random.next() >= chance) break
        day += Math.exp(Math.log(days) + spread * normal())
      }
    }
  })
  return builder.finish().interactions
}

it("the normal distribution function agrees with tables", () => {
  expect(normalBelow(1.96)).toBeCloseTo(0.9750021, 6)
  expect(normalBelow(-1)).toBeCloseTo(0.1586553, 6)
})

it("recovers rhythm, spread and chance of what is bought again", () => {
  const truth = [14, 30, 60]
  const model = buyAgain(rhythmic(truth, 0.6, 0.4, 400), 3, { until: NOW })
  truth.forEach((days, p) => {
    expect(Math.abs(model.median_days[p] / days - 1)).toBeLessThan(0.08)
    expect(Math.abs(model.spread[p] - 0.4)).toBeLessThan(0.05)
    expect(Math.abs(model.chance[p] - 0.6)).toBeLessThan(0.06)
  })
})

it("pools a product of few gaps towards the store's rhythm, one of many hardly", () => {
  const builder = new TrainingDataBuilder()
  const buyEvery = (product: string, days: number, shoppers: number, times: number) => {
    builder.addProduct({ id: product, title: "", created_at: 0 })
    for (let s = 0; s < shoppers; s++) {
      for (let i = 0; i < times; i++) {
        const at = NOW - 200 * DAY + i * (days + (s % 3) - 1) * DAY
        builder.addInteraction(`${product}${s}`, `${product}${s}-${i}`, product, INTERACTION_KIND.buy, at)
      }
    }
  }
  buyEvery("a", 10, 50, 6)
  buyEvery("b", 30, 50, 6)
  buyEvery("c", 60, 2, 2)
  const { median_days } = buyAgain(builder.finish().interactions, 3, { until: NOW })
  expect(median_days[0]).toBeCloseTo(10, 0)
  expect(median_days[1]).toBeCloseTo(30, 0)
  expect(median_days[2]).toBeGreaterThan(30)
  expect(median_days[2]).toBeLessThan(60)
})

it("what one shopper alone bought again, or only within hours, is not bought again", () => {
  const builder = new TrainingDataBuilder()
  for (const id of ["a", "b"]) builder.addProduct({ id, title: "", created_at: 0 })
  for (const day of [30, 20, 10])
    builder.addInteraction("x", `o${day}`, "a", INTERACTION_KIND.buy, NOW - day * DAY)
  for (const who of ["x", "y", "z"]) {
    builder.addInteraction(who, `${who}1`, "b", INTERACTION_KIND.buy, NOW - 5 * DAY)
    builder.addInteraction(who, `${who}2`, "b", INTERACTION_KIND.buy, NOW - 5 * DAY + 3_600_000)
  }
  const model = buyAgain(builder.finish().interactions, 2, { until: NOW })
  expect([...model.buyers]).toEqual([1, 3])
  expect([...model.buyers_again]).toEqual([1, 0])
  expect([...model.median_days]).toEqual([0, 0])
  expect(dueAt(model, 0, { last_at: NOW })).toBeNull()
  expect(dueScore(model, 0, { last_at: NOW }, NOW + 10 * DAY)).toBe(0)
})

describe("when it is due", () => {
  const model = buyAgain(rhythmic([30], 0.6, 0.3, 400), 1, { until: NOW })

  it("is the median after the last purchase", () => {
    expect(dueAt(model, 0, { last_at: NOW })).toBeCloseTo(NOW + model.median_days[0] * DAY, -3)
  })

  it("follows the shopper's own rhythm the more often they bought", () => {
    const due = (times: number) =>
      ((dueAt(model, 0, { last_at: NOW, times, first_at: NOW - (times - 1) * 15 * DAY }) ?? 0) - NOW) / DAY
    expect(due(2)).toBeLessThan(model.median_days[0])
    expect(due(10)).toBeLessThan(due(2))
    expect(due(10)).toBeGreaterThan(14)
  })

  it("scores low after the purchase, highest about the due date, and low again long after", () => {
    const score = (day: number) => dueScore(model, 0, { last_at: NOW }, NOW + day * DAY)
    const days = Array.from({ length: 120 }, (_, day) => day)
    const peak = days.reduce((best, day) => (score(day) > score(best) ? day : best))
    expect(score(0)).toBeLessThan(0.01)
    expect(Math.abs(peak - 28)).toBeLessThan(8)
    expect(score(90)).toBeLessThan(score(peak) / 4)
    // Up to the peak, then down.
    days.slice(1).forEach((day) => expect(score(day) >= score(day - 1)).toBe(day <= peak))
  })

  it("expects more of one who bought it before", () => {
    const at = NOW + 28 * DAY
    expect(dueScore(model, 0, { last_at: NOW, times: 4 }, at)).toBeGreaterThan(
      dueScore(model, 0, { last_at: NOW }, at),
    )
  })
})
