import { seededRandom } from "../../data"
import { INTERACTION_KIND, TrainingDataBuilder, type InteractionKind } from ".."
import { gammaLowerQuantile, trending } from "../trending"
import { DAY, NOW } from "./store"

const { view, buy } = INTERACTION_KIND

/** `weekly(p, w)`: shoppers of product p in week w before now, each of their own. */
function store(
  products: number,
  weekly: (product: number, week: number) => number,
  kind: InteractionKind = buy,
) {
  const builder = new TrainingDataBuilder()
  for (let p = 0; p < products; p++) builder.addProduct({ id: `p${p}`, title: "", created_at: 0 })
  for (let w = 0; w < 9; w++) {
    for (let p = 0; p < products; p++) {
      for (let i = 0; i < weekly(p, w); i++) {
        const at = NOW - w * 7 * DAY - i * 1000
        builder.addInteraction(`s${p}-${w}-${i}`, kind === buy ? `o${p}-${w}-${i}` : null, `p${p}`, kind, at)
      }
    }
  }
  return builder.finish().interactions
}

it("the gamma's lower quantile is near the exact one", () => {
  // qgamma(0.05, shape): 10 -> 5.4254, 3 -> 0.8177, 100 -> 84.14
  expect(gammaLowerQuantile(10)).toBeCloseTo(5.4254, 1)
  expect(gammaLowerQuantile(3)).toBeCloseTo(0.8177, 1)
  expect(Math.abs(gammaLowerQuantile(100) - 84.14)).toBeLessThan(0.05)
})

it("what rose against its own past leads, what is always bought much does not trend", () => {
  const data = store(30, (p, w) => (p === 0 ? 40 : p === 1 && w === 0 ? 24 : 4))
  const { order, recent, usual, kind, score } = trending(data, 30, { until: NOW })
  expect([...order]).toEqual([1])
  expect([recent[1], usual[1], kind[1]]).toEqual([24, 4, buy])
  expect(score[0]).toBe(0)
})

it("a week that is busy for the whole store makes no trend", () => {
  const data = store(20, (p, w) => (5 + (p % 5)) * (w === 0 ? 3 : 1))
  expect(trending(data, 20, { until: NOW }).order.length).toBe(0)
})

it("one purchase of what was never bought is no trend, ten are", () => {
  const rise = (to: number) => store(40, (p, w) => (p === 7 ? (w === 0 ? to : 0) : 2))
  expect([...trending(rise(1), 40, { until: NOW }).order]).toEqual([])
  expect([...trending(rise(10), 40, { until: NOW }).order]).toEqual([7])
})

it("counts a shopper once a window, by the most they did, and tells viewers where few bought", () => {
  const builder = new TrainingDataBuilder()
  for (const id of ["a", "b"]) builder.addProduct({ id, title: id, created_at: 0 })
  for (let i = 0; i < 5; i++) builder.addInteraction("x", null, "a", view, NOW - i)
  builder.addInteraction("x", "o1", "a", buy, NOW)
  builder.addInteraction("y", null, "a", view, NOW)
  builder.addInteraction("z", null, "a", view, NOW - 8 * DAY)
  builder.addInteraction("z", null, "a", view, NOW + 1)
  const { recent, usual, kind } = trending(builder.finish().interactions, 2, { until: NOW })
  expect([recent[0], usual[0], kind[0]]).toEqual([2, 1, view])
})

it("steady products at random stay out of the list but for the chance it allows", () => {
  const random = seededRandom(5)
  const poisson = (mean: number) => {
    let k = 0
    for (let p = random.next(); p > Math.exp(-mean); p *= random.next()) k++
    return k
  }
  const data = store(400, (p) => poisson(2 + (p % 8)))
  expect(trending(data, 400, { until: NOW }).order.length).toBeLessThan(0.05 * 400)
})

it("a store without a past has no trend, and an impossible window is refused", () => {
  const data = store(5, (p, w) => (w === 0 ? p : 0))
  expect(trending(data, 5, { until: NOW }).order.length).toBe(0)
  expect(() => trending(data, 5, { until: NOW, days: 0 })).toThrow("days must be above 0, got 0")
  expect(() => trending(data, 5, { until: NOW, windows: 1.5 })).toThrow("got 1.5")
})
