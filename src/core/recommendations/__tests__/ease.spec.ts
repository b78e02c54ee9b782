import fc from "fast-check"
import type { Csr } from "../../data"
import { plainKernels, wasmKernels } from "../../math"
import { easeWeights, fitEase, scoreEase, type EaseWeights } from "../ease"

/** One row a shopper, 0 where nothing was chosen. */
function csrOf(rows: readonly (readonly number[])[]): Csr {
  const offsets = [0]
  const columns: number[] = []
  const weights: number[] = []
  for (const row of rows) {
    row.forEach((weight, column) => {
      if (weight === 0) return
      columns.push(column)
      weights.push(weight)
    })
    offsets.push(columns.length)
  }
  return {
    rows: rows.length,
    columnCount: rows[0]?.length ?? 0,
    offsets: Int32Array.from(offsets),
    columns: Int32Array.from(columns),
    weights: Float32Array.from(weights),
  }
}

/** Weight by product numbers, 0 outside the head. */
function weightOf(model: EaseWeights, a: number, b: number): number {
  const [from, to] = [model.rowOf[a], model.rowOf[b]]
  return from < 0 || to < 0 ? 0 : model.weights[from * model.products.length + to]
}

const anyShoppers = fc.array(fc.array(fc.constantFrom(0, 0, 0, 0.5, 1), { minLength: 6, maxLength: 6 }), {
  minLength: 3,
  maxLength: 25,
})

describe("EASE", () => {
  it("gives by hand, for two products of three shoppers", () => {
    // X = [1 1; 1 0; 0 1]: X^T X + I = [3 1; 1 3], its inverse [3 -1; -1 3] / 8, so B_ab = 1 / 3.
    const model = easeWeights(csrOf([[1, 1], [1, 0], [0, 1]]), { lambda: 1, head: 10 }) // prettier-ignore
    expect(weightOf(model, 0, 1)).toBeCloseTo(1 / 3, 6)
    expect(weightOf(model, 1, 0)).toBeCloseTo(1 / 3, 6)
    expect(weightOf(model, 0, 0)).toBe(0)
  })

  it.each([0, 0.4])("is the least-squares optimum of zero diagonal, with dropout %d", (dropout) => {
    fc.assert(
      fc.property(anyShoppers, fc.constantFrom(0.5, 2, 10), (rows, lambda) => {
        const model = easeWeights(csrOf(rows), { lambda, head: 6, dropout })
        const gram = (a: number, b: number): number => rows.reduce((sum, row) => sum + row[a] * row[b], 0)
        // Steck 2019, equation 5: off the diagonal the gradient X^T X B + lambda B - X^T X is 0.
        for (const a of model.products) {
          for (const b of model.products) {
            let gradient = -gram(a, b)
            for (const c of model.products) {
              const ridge = c === a ? lambda + (gram(a, a) * dropout) / (1 - dropout) : 0
              gradient += (gram(a, c) + ridge) * weightOf(model, c, b)
            }
            if (a !== b) expect(Math.abs(gradient)).toBeLessThan(1e-4)
            else expect(weightOf(model, a, b)).toBe(0)
          }
        }
      }),
    )
  })

  it("gives the same with either kernels", () => {
    fc.assert(
      fc.property(anyShoppers, (rows) => {
        const fast = easeWeights(csrOf(rows), { lambda: 1, head: 6, kernels: wasmKernels()! })
        const plain = easeWeights(csrOf(rows), { lambda: 1, head: 6, kernels: plainKernels })
        expect([...fast.products]).toEqual([...plain.products])
        for (let i = 0; i < fast.weights.length; i++) {
          expect(fast.weights[i]).toBeCloseTo(plain.weights[i], 5)
        }
      }),
      { numRuns: 30 },
    )
  })

  it("takes in the products of the most shoppers only, the lower row first of equals", () => {
    const rows = [
      [1, 1, 0, 0],
      [1, 1, 1, 0],
      [0, 1, 1, 0],
    ]
    const model = easeWeights(csrOf(rows), { lambda: 1, head: 2 })
    expect([...model.products]).toEqual([1, 0])
    expect([...model.rowOf]).toEqual([1, 0, -1, -1])
    // A product that no one chose has no row even when there is room.
    expect([...easeWeights(csrOf(rows), { lambda: 1, head: 9 }).products]).toEqual([1, 0, 2])
  })

  it("scores a shopper as the weighted sum of what their products say", () => {
    const rows = [
      [1, 1, 0, 1],
      [1, 0, 1, 0],
      [0, 1, 1, 1],
    ]
    const model = easeWeights(csrOf(rows), { lambda: 2, head: 4 })
    const out = new Float32Array(4).fill(9)
    scoreEase(model, [0, 2], [1, 0.5], out)
    for (let b = 0; b < 4; b++) {
      expect(out[b]).toBeCloseTo(weightOf(model, 0, b) + 0.5 * weightOf(model, 2, b), 6)
    }
  })

  it("lists what each product speaks for most, without what it speaks against", () => {
    fc.assert(
      fc.property(anyShoppers, (rows) => {
        const options = { lambda: 1, head: 6 }
        const model = easeWeights(csrOf(rows), options)
        const lists = fitEase(csrOf(rows), { ...options, neighbours: 3 })
        for (let a = 0; a < 6; a++) {
          const expected = [0, 1, 2, 3, 4, 5]
            .map((b) => weightOf(model, a, b))
            .filter((weight) => weight > 0)
            .sort((x, y) => y - x)
            .slice(0, 3)
          const scores = lists.score.subarray(lists.offsets[a], lists.offsets[a + 1])
          expect([...scores]).toEqual(expected)
          scores.forEach((score, i) =>
            expect(weightOf(model, a, lists.product[lists.offsets[a] + i])).toBe(score),
          )
        }
      }),
    )
  })

  it("lists what speaks for and against when asked, the greatest absolute weight first", () => {
    fc.assert(
      fc.property(anyShoppers, (rows) => {
        const options = { lambda: 1, head: 6 }
        const model = easeWeights(csrOf(rows), options)
        const lists = fitEase(csrOf(rows), { ...options, neighbours: 3, signed: true })
        for (let a = 0; a < 6; a++) {
          const expected = [0, 1, 2, 3, 4, 5]
            .map((b) => Math.abs(weightOf(model, a, b)))
            .filter((weight) => weight > 0)
            .sort((x, y) => y - x)
            .slice(0, 3)
          const scores = lists.score.subarray(lists.offsets[a], lists.offsets[a + 1])
          expect([...scores].map(Math.abs)).toEqual(expected)
          scores.forEach((score, i) =>
            expect(weightOf(model, a, lists.product[lists.offsets[a] + i])).toBe(score),
          )
        }
      }),
    )
  })

  it("sees that a third product explains why two meet, where counting cannot", () => {
    // Everyone has 0; half of them have 1 and half have 2, independently: 100 of 400 have both.
    const rows = Array.from({ length: 400 }, (_, u) => [1, u % 2, u % 4 >= 2 ? 1 : 0])
    const model = easeWeights(csrOf(rows), { lambda: 0.01, head: 3 })
    expect(weightOf(model, 1, 2)).toBeCloseTo(0, 3)
    expect(weightOf(model, 0, 2)).toBeCloseTo(1 / 2, 3)
    // [200 100; 100 200] w = [200; 200]
    expect(weightOf(model, 1, 0)).toBeCloseTo(2 / 3, 3)
  })

  it("refuses a penalty that would leave nothing to invert", () => {
    expect(() => easeWeights(csrOf([[1]]), { lambda: 0, head: 1 })).toThrow(
      "EASE: lambda must be above 0, got 0",
    )
    expect(() => easeWeights(csrOf([[1]]), { lambda: 1, head: 1, dropout: 1 })).toThrow(
      "dropout must be 0 to below 1, got 1",
    )
  })

  it("gives an empty model of an empty store", () => {
    const lists = fitEase(csrOf([[0, 0]]), { lambda: 1, head: 5, neighbours: 5 })
    expect([...lists.offsets]).toEqual([0, 0, 0])
  })
})
