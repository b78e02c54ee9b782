import fc from "fast-check"
import type { Csr } from "../../data"
import { contentSimilarity, diversify } from "../diversity"
import type { Neighbours } from ".."

const candidates = (scores: number[]) => ({ rows: scores.map((_, i) => i), scores })

it("leaves the order untouched at dial 0, whatever the scores", () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: 0, max: 9, noNaN: true })), fc.nat(20), (scores, limit) => {
      const order = diversify(candidates(scores), () => 1, { dial: 0, limit })
      expect([...order]).toEqual(scores.map((_, i) => i).slice(0, limit))
    }),
  )
})

it("picks each time the greatest of relevance less likeness, as written plainly", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 })
  const dials = fc.integer({ min: 1, max: 10 }).map((tenth) => tenth / 10)
  fc.assert(
    fc.property(scores, dials, fc.nat(12), (unsorted, dial, limit) => {
      const sorted = [...unsorted].sort((a, b) => b - a)
      const alike = (a: number, b: number) => ((a * 7 + b * 7 + a * b) % 10) / 10
      const got = [...diversify(candidates(sorted), alike, { dial, limit })]
      const naive: number[] = []
      while (naive.length < Math.min(limit, sorted.length)) {
        const gain = (i: number) =>
          (1 - dial) * (sorted[i] / (sorted[0] || 1)) - dial * Math.max(0, ...naive.map((j) => alike(i, j)))
        const left = sorted.map((_, i) => i).filter((i) => !naive.includes(i))
        naive.push(naive.length === 0 ? 0 : left.reduce((best, i) => (gain(i) > gain(best) ? i : best)))
      }
      expect(got).toEqual(naive)
      expect(new Set(got).size).toBe(got.length)
    }),
  )
})

it("brings in another kind of product the sooner the further the dial is turned", () => {
  // Five lamps, then a mug; lamps are all alike.
  const shelf = candidates([10, 9, 8, 7, 6, 4])
  const kind = (a: number, b: number) => (a < 5 && b < 5 ? 0.8 : 0)
  const place = (dial: number) => [...diversify(shelf, kind, { dial, limit: 6 })].indexOf(5)
  expect([0, 0.2, 0.5, 1].map(place)).toEqual([5, 4, 1, 1])
})

it("likeness is the listed one either way round, at least 0.5 within a category, and 1 to itself", () => {
  const similar: Neighbours = {
    offsets: Int32Array.of(0, 2, 2, 2, 2),
    product: Int32Array.of(1, 2),
    score: Float32Array.of(0.75, 0.25),
    count: new Int32Array(0),
  }
  const categoriesOf: Csr = {
    rows: 4,
    columnCount: 2,
    offsets: Int32Array.of(0, 1, 2, 3, 4),
    columns: Int32Array.of(0, 0, 0, 1),
    weights: new Float32Array(4).fill(1),
  }
  const alike = contentSimilarity(similar, categoriesOf)
  expect([alike(0, 0), alike(0, 1), alike(1, 0), alike(0, 2), alike(1, 3)]).toEqual([1, 0.75, 0.75, 0.5, 0])
  expect(contentSimilarity(similar, null)(2, 0)).toBe(0.25)
})

it("refuses a dial beyond its ends", () => {
  expect(() => diversify(candidates([1]), () => 0, { dial: 1.1, limit: 1 })).toThrow("from 0 to 1, got 1.1")
  expect(() => diversify(candidates([1]), () => 0, { dial: 1, limit: -1 })).toThrow("got -1")
})
