import fc from "fast-check"
import { INTERACTION_KIND, TrainingDataBuilder } from ".."
import { boughtTogether } from "../bought-together"
import { boughtSameDay, shopperDays } from "../bought-same-day"
import { basketMatrix } from "../matrices"
import { DAY, NOW, storeOf } from "./store"

const PRODUCTS = ["a", "b", "c", "d"]
const HOUR = 3_600_000
type Line = [subject: string | null, order: string, product: string, at: number]

function store(lines: Line[]) {
  const builder = new TrainingDataBuilder()
  for (const id of PRODUCTS) builder.addProduct({ id, title: id, created_at: 0 })
  for (const [subject, order, product, at] of lines) {
    builder.addInteraction(subject, order, product, INTERACTION_KIND.buy, at)
  }
  return builder.finish().interactions
}

it("two orders of one shopper on one day are one unit, the next day's order is another", () => {
  const units = shopperDays(
    store([
      ["x", "o1", "a", NOW + HOUR],
      ["x", "o2", "b", NOW + 20 * HOUR],
      ["x", "o2", "a", NOW + 20 * HOUR],
      ["x", "o3", "c", NOW + 25 * HOUR],
      ["y", "o4", "a", NOW + HOUR],
    ]),
    4,
    NOW + 2 * DAY,
    0,
  )
  const days = Array.from({ length: units.rows }, (_, d) => [
    ...units.columns.subarray(units.offsets[d], units.offsets[d + 1]),
  ])
  expect(days).toEqual([[0, 1], [2], [0]])
})

it("the day begins at the shop's own midnight", () => {
  const lines = store([
    ["x", "o1", "a", NOW - HOUR],
    ["x", "o2", "b", NOW + HOUR],
  ])
  expect(shopperDays(lines, 4, NOW + DAY, 0).rows).toBe(2)
  expect(shopperDays(lines, 4, NOW + DAY, 120).rows).toBe(1)
  expect(() => shopperDays(lines, 4, NOW, Number.NaN)).toThrow("got NaN")
})

it("counts shopper-days that held both, and leaves out what came later", () => {
  const lines = Array.from({ length: 40 }, (_, i): Line[] =>
    i < 10
      ? [
          [`s${i}`, `o${i}`, "a", NOW],
          [`s${i}`, `q${i}`, "b", NOW + HOUR],
          [`s${i}`, `late${i}`, "d", NOW + 2 * HOUR],
        ]
      : [[`s${i}`, `o${i}`, "c", NOW]],
  ).flat()
  const { list, daysOf, days } = boughtSameDay(store(lines), 4, NOW + HOUR, 10)
  expect(days).toBe(40)
  expect([...daysOf]).toEqual([10, 10, 30, 0])
  expect([list.product[0], list.count[0], list.offsets[1]]).toEqual([1, 10, 1])
})

it("is bought together in the strict sense where nobody orders twice", () => {
  const orders = fc.array(fc.array(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 4 }), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(orders, (baskets) => {
      const { interactions } = storeOf(PRODUCTS, baskets)
      const { list } = boughtSameDay(interactions, 4, NOW, 10)
      expect(list).toEqual(boughtTogether(basketMatrix(interactions, 4, NOW), 10).together)
    }),
  )
})
