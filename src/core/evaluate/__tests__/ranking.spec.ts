import fc from "fast-check"
import {
  averagePrecisionAt,
  hitRate,
  ndcgAt,
  precisionAt,
  rankOf,
  recallAt,
  reciprocalRank,
  singleTargetNdcg,
  topRanked,
} from ".."

describe("ranking measures", () => {
  it("counts ties against the target, unless asked to break them by row", () => {
    const scores = [3, 1, 3, 2, 3]
    expect(rankOf(scores, 0)).toBe(3)
    expect(rankOf(scores, 4)).toBe(3)
    expect(rankOf(scores, 0, { ties: "by_row" })).toBe(1)
    expect(rankOf(scores, 4, { ties: "by_row" })).toBe(3)
    expect(rankOf(scores, 3)).toBe(4)
    expect(rankOf([0, 0, 0, 0], 0)).toBe(4)
  })

  it("gives excluded rows no place, and no rank to a target that cannot be shown", () => {
    const scores = [5, 4, 3, Number.NaN, -Infinity]
    expect(rankOf(scores, 2, { excluded: new Set([0]) })).toBe(2)
    expect(rankOf(scores, 0, { excluded: new Set([0]) })).toBe(Infinity)
    expect(rankOf(scores, 3)).toBe(Infinity)
    expect(rankOf(scores, 4)).toBe(Infinity)
    expect(rankOf(scores, -1)).toBe(Infinity)
    expect(rankOf(scores, 9)).toBe(Infinity)
    expect([...topRanked(scores, 10, new Set([1]))]).toEqual([0, 2])
  })

  it("agrees with a full sort on rank and list", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 40 }), (scores) => {
        const sorted = scores.map((_, row) => row).sort((a, b) => scores[b] - scores[a] || a - b)
        for (let row = 0; row < scores.length; row++) {
          expect(rankOf(scores, row, { ties: "by_row" })).toBe(sorted.indexOf(row) + 1)
          expect(rankOf(scores, row)).toBe(scores.filter((score) => score >= scores[row]).length)
        }
        expect([...topRanked(scores, 7)]).toEqual(sorted.slice(0, 7))
      }),
    )
  })

  it("measures ranks of single targets as by hand", () => {
    const ranks = [1, 4, 21, Infinity]
    expect(hitRate(ranks, 20)).toBe(0.5)
    expect(reciprocalRank(ranks, 20)).toBe(1.25 / 4)
    expect(reciprocalRank(ranks)).toBeCloseTo((1.25 + 1 / 21) / 4, 12)
    expect(singleTargetNdcg(ranks, 20)).toBeCloseTo((1 + 1 / Math.log2(5)) / 4, 12)
  })

  it("measures a list as by hand: relevant at 1, 3 and 6 of five relevant", () => {
    const shown = [10, 11, 12, 13, 14, 15]
    const relevant = new Set([10, 12, 15, 98, 99])
    // Manning, Raghavan and Schütze 2008, section 8.4: the precision at each relevant row, 0 for those not shown.
    expect(averagePrecisionAt(shown, relevant, 6)).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 5, 12)
    expect(precisionAt(shown, relevant, 5)).toBe(2 / 5)
    expect(precisionAt(shown, relevant, 10)).toBe(3 / 10)
    expect(recallAt(shown, relevant, 6)).toBe(3 / 5)
    const ideal = 1 + 1 / Math.log2(3) + 1 / 2 + 1 / Math.log2(5) + 1 / Math.log2(6)
    expect(ndcgAt(shown, relevant, 6)).toBeCloseTo((1 + 1 / 2 + 1 / Math.log2(7)) / ideal, 12)
  })

  it("gives a perfect list 1 even when less is relevant than shown", () => {
    expect(ndcgAt([3, 7, 1], new Set([3, 7]), 10)).toBe(1)
    expect(averagePrecisionAt([3, 7, 1], new Set([3, 7]), 10)).toBe(1)
    expect(recallAt([3, 7, 1], new Set([3, 7]), 10)).toBe(1)
  })
})
