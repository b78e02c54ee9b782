import fc from "fast-check"
import type { Csr } from "../../data"
import { INTERACTION_KIND, TrainingDataBuilder } from ".."
import { entryCategoryPopularity, groupPopularity, type GroupPopularity } from "../entry-popularity"
import { DAY, NOW } from "./store"

type Line = { who: string; product: number; day: number; buy: boolean; group: number }
const options = { until: NOW, half_life_days: 30, prior: 5 }

function store(lines: readonly Line[], products = 4) {
  const builder = new TrainingDataBuilder()
  for (let p = 0; p < products; p++) builder.addProduct({ id: `p${p}`, title: "", created_at: 0 })
  lines.forEach(({ who, product, day, buy }, i) =>
    builder.addInteraction(
      who,
      buy ? `o${i}` : null,
      `p${product}`,
      buy ? INTERACTION_KIND.buy : INTERACTION_KIND.view,
      NOW - day * DAY,
    ),
  )
  return { data: builder.finish().interactions, group: Int32Array.from(lines, ({ group }) => group) }
}

const listed = (list: GroupPopularity, group: number): [number, number][] =>
  [...list.product.subarray(list.offsets[group], list.offsets[group + 1])].map((product, i) => [
    product,
    list.score[list.offsets[group] + i],
  ])

it("agrees with the formula written plainly on any purchases", () => {
  const line = fc.record({
    who: fc.constantFrom("x", "y", "z"),
    product: fc.integer({ min: 0, max: 3 }),
    day: fc.integer({ min: -2, max: 90 }),
    buy: fc.boolean(),
    group: fc.integer({ min: -1, max: 2 }),
  })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const { data, group } = store(lines)
      const list = groupPopularity(data, 4, group, 3, options)
      const worth = (of: (line: Line) => boolean): number[] => {
        const latest = new Map<string, Line>()
        for (const own of lines) {
          if (!own.buy || own.day < 0 || !of(own)) continue
          const key = `${own.who} ${own.product}`
          const known = latest.get(key)
          if (known === undefined || own.day < known.day) latest.set(key, own)
        }
        const out = [0, 0, 0, 0]
        for (const { product, day } of latest.values()) out[product] += 2 ** (-day / 30)
        return out
      }
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
      const store_ = worth(() => true)
      for (let g = 0; g < 3; g++) {
        const own = worth((line_) => line_.group === g)
        const naive = own
          .map((value, p) => [p, (value + (5 * store_[p]) / (sum(store_) || 1)) / (sum(own) + 5)])
          .filter(([, score]) => score > 0)
          .sort((a, b) => b[1] - a[1])
        const got = listed(list, g)
        expect(got.length).toBe(naive.length)
        const scoreOf = new Map(naive.map(([p, score]) => [p, score]))
        for (const [p, score] of got) expect(score).toBeCloseTo(scoreOf.get(p) ?? -1, 5)
        got.slice(1).forEach(([, score], i) => expect(score).toBeLessThanOrEqual(got[i][1]))
      }
    }),
  )
})

it("a large group keeps its own order, a small one gets the store's, and none holds more than 200", () => {
  const lines: Line[] = []
  for (let i = 0; i < 300; i++)
    lines.push({ who: `s${i}`, product: i % 3 === 0 ? 1 : 0, day: 0, buy: true, group: 0 })
  for (let i = 0; i < 100; i++) lines.push({ who: `t${i}`, product: 2, day: 0, buy: true, group: 1 })
  lines.push({ who: "u", product: 3, day: 0, buy: true, group: 2 })
  for (let p = 4; p < 400; p++) lines.push({ who: `v${p}`, product: p, day: 0, buy: true, group: 3 })
  const { data, group } = store(lines, 400)
  const list = groupPopularity(data, 400, group, 5, { ...options, prior: 20 })
  expect(listed(list, 0)[0][0]).toBe(0)
  expect(listed(list, 1)[0][0]).toBe(2)
  expect(listed(list, 2)[0][0]).toBe(0)
  expect(listed(list, 4)[0][0]).toBe(0)
  expect(listed(list, 3).length).toBe(200)
})

it("a shopper's category of entry is that of the first product, by view or purchase", () => {
  const { data } = store([
    { who: "x", product: 0, day: 9, buy: false, group: 0 },
    { who: "x", product: 2, day: 8, buy: true, group: 0 },
    { who: "y", product: 1, day: 9, buy: true, group: 0 },
    { who: "y", product: 3, day: 8, buy: true, group: 0 },
  ])
  // Products 0 and 1 are of categories 0 and 1; product 3 of none.
  const categoriesOf: Csr = {
    rows: 4,
    columnCount: 3,
    offsets: Int32Array.of(0, 1, 2, 3, 3),
    columns: Int32Array.of(0, 1, 2),
    weights: new Float32Array(3).fill(1),
  }
  const list = entryCategoryPopularity(data, categoriesOf, { ...options, prior: 0 })
  expect(listed(list, 0).map(([product]) => product)).toEqual([2])
  expect(listed(list, 1).map(([product]) => product)).toEqual([3, 1])
  expect(listed(list, 2)).toEqual([])
})

it("refuses a group column of another length", () => {
  const { data } = store([])
  expect(() => groupPopularity(data, 4, new Int32Array(1), 1, options)).toThrow("(0), got 1")
})
