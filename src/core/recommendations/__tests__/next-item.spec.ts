import fc from "fast-check"
import { seededRandom, type Csr } from "../../data"
import { fitAttributes, LikenessScorer } from "../attribute-likeness"
import { fitNextItem, NEXT_ITEM_DEFAULTS, recentEvidence, type NextItemOptions } from "../next-item"
import { NEXT_ITEM_BLEND, NextItemScorer } from "../next-item-scorer"
import type { SessionColumns } from "../sessions"
import { measureNextItem, nextItemRank, tuneNextItem } from "../tune-next-item"
import type { Neighbours } from "../types"

const DAY = 86_400_000

/** Options under which every factor is 1. */
const PLAIN: NextItemOptions = {
  neighbours: 50,
  window: 50,
  distance: 0,
  backward: 1,
  length: 0,
  damping_given: 0,
  damping_neighbour: 0,
  shrink: 0,
  half_life: Infinity,
}

function sequencesOf(histories: number[][], products: number, at?: number[][]): SessionColumns {
  const offsets = new Int32Array(histories.length + 1)
  for (let s = 0; s < histories.length; s++) offsets[s + 1] = offsets[s] + histories[s].length
  return {
    length: histories.length,
    products,
    offsets,
    items: Int32Array.from(histories.flat()),
    end: new Float64Array(histories.length),
    ...(at === undefined ? {} : { at: Float64Array.from(at.flat()) }),
  }
}

function listed(list: Neighbours, row: number): Map<number, { score: number; count: number }> {
  const out = new Map<number, { score: number; count: number }>()
  for (let i = list.offsets[row]; i < list.offsets[row + 1]; i++) {
    out.set(list.product[i], { score: list.score[i], count: list.count[i] })
  }
  return out
}

function attributesOf(lists: number[][], columnCount: number): Csr {
  const offsets = new Int32Array(lists.length + 1)
  for (let p = 0; p < lists.length; p++) offsets[p + 1] = offsets[p] + lists[p].length
  const columns = Int32Array.from(lists.flat())
  return {
    rows: lists.length,
    columnCount,
    offsets,
    columns,
    weights: new Float32Array(columns.length).fill(1),
  }
}

describe("next item", () => {
  it("scores one history as by hand", () => {
    const list = fitNextItem(sequencesOf([[0, 1, 2]], 3), 0, { ...PLAIN, distance: 1, backward: 0.5 })
    expect(listed(list, 0)).toEqual(
      new Map([
        [1, { score: 1, count: 1 }],
        [2, { score: 0.5, count: 1 }],
      ]),
    )
    expect(listed(list, 1)).toEqual(
      new Map([
        [2, { score: 1, count: 1 }],
        [0, { score: 0.5, count: 1 }],
      ]),
    )
    expect(listed(list, 2)).toEqual(
      new Map([
        [1, { score: 0.5, count: 1 }],
        [0, { score: 0.25, count: 1 }],
      ]),
    )
  })

  it("damps popularity, length and chance as by hand", () => {
    // Product 0 in four histories, 1 in two; both together, neighbours, in two.
    const histories = [
      [0, 1],
      [0, 1],
      [0, 2],
      [0, 3],
    ]
    const options = { ...PLAIN, damping_given: 0.5, damping_neighbour: 1, length: 2, shrink: 2 }
    const pair = listed(fitNextItem(sequencesOf(histories, 4), 0, options), 0).get(1)
    // 2 / 2^2 x 4^-0.5 x 2^-1 x 2 / (2 + 2)
    expect(pair?.score).toBeCloseTo(0.5 * 0.5 * 0.5 * 0.5, 6)
    expect(pair?.count).toBe(2)
  })

  it("halves a pair's weight once a half-life after its later entry", () => {
    const sequences = sequencesOf(
      [
        [0, 1],
        [0, 2],
      ],
      3,
      [
        [0, 10 * DAY],
        [0, 3 * DAY],
      ],
    )
    const list = listed(fitNextItem(sequences, 10 * DAY, { ...PLAIN, half_life: 7 * DAY }), 0)
    expect(list.get(1)?.score).toBeCloseTo(1, 6)
    expect(list.get(2)?.score).toBeCloseTo(0.5, 6)
  })

  it("equals a naive sum over all pairs, whatever the histories and the options", () => {
    const history = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 8 })
    const options = fc.record<NextItemOptions>({
      neighbours: fc.constant(50),
      window: fc.constantFrom(1, 3, 50),
      distance: fc.constantFrom(0, 0.5, 1.5),
      backward: fc.constantFrom(0, 0.4, 1),
      length: fc.constantFrom(0, 0.5),
      damping_given: fc.constantFrom(0, 0.3),
      damping_neighbour: fc.constantFrom(0, 0.6),
      shrink: fc.constantFrom(0, 2),
      half_life: fc.constantFrom(5 * DAY, Infinity),
    })
    fc.assert(
      fc.property(fc.array(history, { maxLength: 10 }), options, (histories, given) => {
        const at = histories.map((items, s) => items.map((_, place) => (s + place) * DAY))
        const now = 20 * DAY
        const list = fitNextItem(sequencesOf(histories, 7, at), now, given)
        for (let a = 0; a < 7; a++) {
          const expected = new Map<number, { sum: number; held: Set<number> }>()
          histories.forEach((items, s) => {
            items.forEach((x, p) => {
              items.forEach((b, q) => {
                if (x !== a || b === a || Math.abs(q - p) > given.window) return
                if (q < p && given.backward === 0) return
                const found = expected.get(b) ?? { sum: 0, held: new Set<number>() }
                found.sum +=
                  items.length ** -given.length *
                  Math.abs(q - p) ** -given.distance *
                  (q < p ? given.backward : 1) *
                  2 ** (-(now - at[s][Math.max(p, q)]) / given.half_life)
                found.held.add(s)
                expected.set(b, found)
              })
            })
          })
          const got = listed(list, a)
          expect(new Set(got.keys())).toEqual(new Set(expected.keys()))
          const holders = (item: number): number => histories.filter((items) => items.includes(item)).length
          for (const [b, { sum, held }] of expected) {
            const score =
              (sum *
                holders(a) ** -given.damping_given *
                holders(b) ** -given.damping_neighbour *
                held.size) /
              (held.size + given.shrink)
            expect(got.get(b)?.count).toBe(held.size)
            expect(Math.abs((got.get(b)?.score ?? 0) - score)).toBeLessThan(1e-5 * Math.max(1, score))
          }
        }
      }),
    )
  })

  it("refuses a history that names a product outside the catalogue", () => {
    expect(() => fitNextItem(sequencesOf([[0, 5]], 3), 0)).toThrow(
      "product row 5 in a history; rows go from 0 to 2",
    )
  })
})

describe("the evidence of a history's end", () => {
  it("weighs e^(-lag / decay), the later of two, and sums to 1", () => {
    const { length, rows, weights } = recentEvidence([4, 1, 4, 2], 1)
    expect([...rows.subarray(0, length)]).toEqual([2, 4, 1])
    const parts = [1, Math.exp(-1), Math.exp(-2)]
    const sum = parts[0] + parts[1] + parts[2]
    parts.forEach((part, i) => expect(weights[i]).toBeCloseTo(part / sum, 6))
  })

  it("is empty for an empty history, and passes over unknown products", () => {
    expect(recentEvidence([]).length).toBe(0)
    expect(recentEvidence([-1, 3, -1]).length).toBe(1)
  })
})

describe("likeness by attributes", () => {
  const catalogue = attributesOf([[0, 1], [0, 1], [0, 2], [3], ...Array<number[]>(40).fill([4])], 5)

  it("is the cosine of idf weights, as by hand", () => {
    const scorer = new LikenessScorer(fitAttributes(catalogue))
    scorer.run({ length: 1, rows: Int32Array.of(0), weights: Float32Array.of(1) })
    const brand = Math.log(44 / 3)
    const pair = Math.log(44 / 2)
    const single = Math.log(44)
    expect(scorer.score[1]).toBeCloseTo(1, 5)
    expect(scorer.score[2]).toBeCloseTo(brand ** 2 / Math.hypot(brand, pair) / Math.hypot(brand, single), 5)
    expect(scorer.score[3]).toBe(0)
    scorer.run({ length: 1, rows: Int32Array.of(3), weights: Float32Array.of(0.5) })
    expect(scorer.length).toBe(1)
    expect(scorer.score[3]).toBeCloseTo(0.5, 5)
    expect(scorer.score[1]).toBe(0)
  })

  it("does not read an attribute that most products have", () => {
    const scorer = new LikenessScorer(fitAttributes(catalogue))
    scorer.run({ length: 1, rows: Int32Array.of(10), weights: Float32Array.of(1) })
    expect(scorer.length).toBe(0)
  })

  it("brings in a product that nobody bought, and lifts those that are both", () => {
    const attributes = fitAttributes(catalogue)
    const list = fitNextItem(
      sequencesOf(
        [
          [0, 2],
          [0, 3],
        ],
        44,
      ),
      0,
      PLAIN,
    )
    const scorer = new NextItemScorer(list, attributes)
    scorer.run([0], { ...NEXT_ITEM_BLEND, lift: 1, add: 0.1 })
    expect(scorer.score[1]).toBeCloseTo(0.1, 5)
    expect(scorer.score[2]).toBeGreaterThan(scorer.score[3])
    expect(scorer.score[3]).toBeCloseTo(1, 6)
    expect(nextItemRank(scorer, Int32Array.of(0), 2)).toBe(1)
    expect(nextItemRank(scorer, Int32Array.of(0), 0)).toBe(Infinity)
  })

  it("refuses attributes of another catalogue", () => {
    const list = fitNextItem(sequencesOf([[0, 1]], 2), 0)
    expect(() => new NextItemScorer(list, fitAttributes(catalogue))).toThrow(
      "attributes of 44 products, lists of 2",
    )
  })
})

describe("choosing how next items are learned", () => {
  /** Shoppers walk up a chain of products by one, two or three at a time. */
  function chains(count: number): SessionColumns {
    const random = seededRandom(3)
    const histories: number[][] = []
    for (let s = 0; s < count; s++) {
      const history = [random.below(40)]
      for (let i = 0; i < 7; i++) history.push((history[history.length - 1] + 1 + random.below(3)) % 80)
      histories.push(history)
    }
    return sequencesOf(histories, 80)
  }

  it("finds that the order matters where it does", () => {
    const sequences = chains(400)
    const { options, blend, figures } = tuneNextItem(sequences, 0, null, { cases: 200 })
    expect(options.backward).toBeLessThan(NEXT_ITEM_DEFAULTS.backward)
    expect(figures.cases).toBe(200)
    const scorer = new NextItemScorer(fitNextItem(sequences, 0, options), null)
    const ranks = [31, 32, 33].map((next) => {
      scorer.run([26, 28, 30], blend)
      return nextItemRank(scorer, Int32Array.of(26, 28, 30), next)
    })
    expect(Math.max(...ranks)).toBeLessThanOrEqual(5)
  })

  it("uses attributes where they tell the next product and histories do not", () => {
    const random = seededRandom(8)
    const kinds = Array.from({ length: 200 }, (_, p) => [p % 20])
    const histories = Array.from({ length: 150 }, () => {
      const kind = random.below(20)
      return Array.from({ length: 4 }, () => kind + 20 * random.below(10))
    })
    const sequences = sequencesOf(histories, 200)
    const attributes = fitAttributes(attributesOf(kinds, 20))
    const without = tuneNextItem(sequences, 0, null)
    const withThem = tuneNextItem(sequences, 0, attributes)
    expect(withThem.blend.add + withThem.blend.lift).toBeGreaterThan(0)
    expect(withThem.figures.hr10).toBeGreaterThan(without.figures.hr10 + 0.1)
  })

  it("keeps the defaults where no history is long enough to measure on", () => {
    const { options, figures } = tuneNextItem(sequencesOf([[0, 1], [1]], 2), 0, null)
    expect(options).toEqual(NEXT_ITEM_DEFAULTS)
    expect(figures).toEqual({ hr10: 0, ndcg10: 0, cases: 0 })
    const scorer = new NextItemScorer(fitNextItem(sequencesOf([[0, 1]], 2), 0), null)
    expect(measureNextItem(scorer, [Int32Array.of(0)], [1], NEXT_ITEM_BLEND).hr10).toBe(1)
  })
})
