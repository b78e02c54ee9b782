import fc from "fast-check"
import type { Csr } from "../../data"
import { fitRp3beta } from "../rp3beta"
import type { Neighbours } from "../types"

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
    columnCount: rows[0].length,
    offsets: Int32Array.from(offsets),
    columns: Int32Array.from(columns),
    weights: Float32Array.from(weights),
  }
}

function scoreOf(list: Neighbours, a: number, b: number): number {
  for (let i = list.offsets[a]; i < list.offsets[a + 1]; i++) if (list.product[i] === b) return list.score[i]
  return 0
}

const sum = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0)

describe("RP3beta", () => {
  it("walks as by hand", () => {
    // Shopper 0 chose 0 and 1, shopper 1 chose 1 and 2, shopper 2 chose 1. From 0 only to shopper 0, then by half to 1,
    // which three chose: 1 x 1/2 / 3^0.5. From 1 by a third to shopper 0, by half to 0: 1/6 / 1^0.5.
    const list = fitRp3beta(csrOf([[1, 1, 0], [0, 1, 1], [0, 1, 0]]), { alpha: 1, beta: 0.5, neighbours: 5 }) // prettier-ignore
    expect(scoreOf(list, 0, 1)).toBeCloseTo(0.5 / Math.sqrt(3), 6)
    expect(scoreOf(list, 1, 0)).toBeCloseTo(1 / 6, 6)
    expect(scoreOf(list, 0, 2)).toBe(0)
    expect([...list.count.subarray(list.offsets[0], list.offsets[1])]).toEqual([1])
  })

  it("equals the product of the two transition matrices, whatever the weights", () => {
    const anyRows = fc.array(fc.array(fc.constantFrom(0, 0, 0.2, 0.5, 1), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 20,
    })
    const exponent = fc.constantFrom(0.4, 0.8, 1, 1.5)
    fc.assert(
      fc.property(anyRows, exponent, fc.constantFrom(0, 0.3, 1), (rows, alpha, beta) => {
        const list = fitRp3beta(csrOf(rows), { alpha, beta, neighbours: 5 })
        const ofProduct = rows[0].map((_, product) => sum(rows.map((row) => row[product])))
        for (let a = 0; a < 5; a++) {
          for (let b = 0; b < 5; b++) {
            if (a === b) continue
            const walks = rows.map((row) =>
              row[a] === 0 || row[b] === 0
                ? 0
                : Math.pow(row[a] / ofProduct[a], alpha) * Math.pow(row[b] / sum(row), alpha),
            )
            expect(scoreOf(list, a, b)).toBeCloseTo(sum(walks) / Math.pow(ofProduct[b] || 1, beta), 5)
          }
        }
      }),
    )
  })

  it("lets the popular count less as beta grows", () => {
    // Product 0 was chosen with 1, which everyone has, and as often with 2, which no one else has.
    const rows = [...Array(3).fill([1, 1, 1]), ...Array(30).fill([0, 1, 0])]
    const ratio = (beta: number): number => {
      const list = fitRp3beta(csrOf(rows), { alpha: 1, beta, neighbours: 2 })
      return scoreOf(list, 0, 2) / scoreOf(list, 0, 1)
    }
    expect(ratio(0)).toBeCloseTo(1, 6)
    expect(ratio(1)).toBeCloseTo(11, 4)
  })

  it("keeps the best neighbours only, best first", () => {
    const rows = [
      [1, 1, 1, 1],
      [1, 0, 1, 1],
      [1, 0, 0, 1],
    ]
    const list = fitRp3beta(csrOf(rows), { alpha: 1, beta: 0, neighbours: 2 })
    expect([...list.product.subarray(list.offsets[0], list.offsets[1])]).toEqual([3, 2])
  })

  it("refuses exponents that mean nothing", () => {
    const one = csrOf([[1, 1]])
    expect(() => fitRp3beta(one, { alpha: 0, beta: 0, neighbours: 1 })).toThrow(
      "alpha must be above 0, got 0",
    )
    expect(() => fitRp3beta(one, { alpha: 1, beta: -1, neighbours: 1 })).toThrow(
      "beta must be 0 or more, got -1",
    )
  })
})
