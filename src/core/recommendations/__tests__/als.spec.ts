import { seededRandom, type Csr } from "../../data"
import { plainKernels, wasmKernels } from "../../math"
import { alsScorer, fitAls, foldIn, type AlsModel, type AlsOptions } from "../als"

const OPTIONS: AlsOptions = {
  factors: 8,
  regularisation: 1,
  alpha: 10,
  epochs: 5,
  cg_steps: 3,
  seed: 7,
}

/** `shoppers` of two tastes: even ones choose among the first half of the products, odd ones among the second. */
function twoTastes(shoppers: number, products: number, seed: number): Csr {
  const random = seededRandom(seed)
  const offsets = new Int32Array(shoppers + 1)
  const columns: number[] = []
  const weights: number[] = []
  for (let u = 0; u < shoppers; u++) {
    const half = products / 2
    for (let p = 0; p < half; p++) {
      if (random.next() > 0.3) continue
      columns.push((u % 2) * half + p)
      weights.push(0.2 + 0.8 * random.next())
    }
    offsets[u + 1] = columns.length
  }
  return {
    ...{ rows: shoppers, columnCount: products, offsets },
    ...{ columns: Int32Array.from(columns), weights: Float32Array.from(weights) },
  }
}

/** Solves A x = b by elimination with pivoting. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]])
  for (let c = 0; c < b.length; c++) {
    const pivot = rows.slice(c).reduce((best, row) => (Math.abs(row[c]) > Math.abs(best[c]) ? row : best))
    rows.splice(rows.indexOf(pivot), 1, rows[c])
    rows[c] = pivot
    for (const row of rows) {
      if (row === pivot) continue
      const factor = row[c] / pivot[c]
      for (let k = c; k <= b.length; k++) row[k] -= factor * pivot[k]
    }
  }
  return rows.map((row, i) => row[b.length] / row[i])
}

const vectorOf = (model: AlsModel, product: number): number[] => [
  ...model.items.subarray(product * model.factors, (product + 1) * model.factors),
]
const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Array.from(x).reduce((sum, value, i) => sum + value * y[i], 0)

/** Hu, Koren and Volinsky's loss with the shoppers' vectors solved for, penalty of products included. */
function loss(csr: Csr, model: AlsModel): number {
  const confidence = (weight: number): number => 1 + model.alpha * weight
  const penalty = (weight: number, columns: number): number =>
    model.regularisation * ((model.alpha * weight + columns) / columns) ** model.scaling
  const ofProduct = new Float64Array(csr.columnCount)
  let sum = 0
  for (let u = 0; u < csr.rows; u++) {
    const rows = csr.columns.subarray(csr.offsets[u], csr.offsets[u + 1])
    const weights = csr.weights.subarray(csr.offsets[u], csr.offsets[u + 1])
    const x = foldIn(model, rows, weights)
    const weight = weights.reduce((a, b) => a + b, 0)
    sum += penalty(weight, csr.columnCount) * dot(x, x)
    for (let p = 0; p < csr.columnCount; p++) {
      const at = rows.indexOf(p)
      const score = dot(x, vectorOf(model, p))
      sum += at < 0 ? score * score : confidence(weights[at]) * (1 - score) * (1 - score)
      if (at >= 0) ofProduct[p] += weights[at]
    }
  }
  for (let p = 0; p < csr.columnCount; p++) {
    sum += penalty(ofProduct[p], csr.rows) * dot(vectorOf(model, p), vectorOf(model, p))
  }
  return sum
}

describe("ALS", () => {
  it.each([0, 1])("lowers the loss with every epoch, penalty scaling %i", (scaling) => {
    const csr = twoTastes(40, 20, 3)
    const losses = [1, 2, 4, 8].map((epochs) => loss(csr, fitAls(csr, { ...OPTIONS, scaling, epochs })))
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1] * 1.0001)
    expect(losses[3]).toBeLessThan(losses[0])
  })

  it("folds a shopper in as elimination solves their equations", () => {
    const model = fitAls(twoTastes(60, 30, 5), OPTIONS)
    const rows = [2, 7, 21]
    const weights = [1, 0.5, 0.2]
    const f = model.factors
    const ridge = 1 + (10 * 1.7) / 30
    const left = Array.from({ length: f }, (_, i) =>
      Array.from({ length: f }, (_, j) => {
        let value = i === j ? ridge : 0
        for (let p = 0; p < 30; p++) value += vectorOf(model, p)[i] * vectorOf(model, p)[j]
        rows.forEach((p, e) => (value += 10 * weights[e] * vectorOf(model, p)[i] * vectorOf(model, p)[j]))
        return value
      }),
    )
    const right = Array.from({ length: f }, (_, i) =>
      rows.reduce((sum, p, e) => sum + (1 + 10 * weights[e]) * vectorOf(model, p)[i], 0),
    )
    const expected = solve(left, right)
    foldIn(model, rows, weights).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4))
  })

  it("recovers two tastes: one product of a taste puts all of that taste above the other", () => {
    const model = fitAls(twoTastes(300, 40, 11), { ...OPTIONS, factors: 4, regularisation: 30, epochs: 10 })
    const score = alsScorer(model)
    for (const [product, first] of [
      [3, 0],
      [33, 20],
    ]) {
      const scores = score(foldIn(model, [product], [1]))
      const own = scores.slice(first, first + 20)
      const others = scores.slice(20 - first, 40 - first)
      expect(Math.min(...own)).toBeGreaterThan(Math.max(...others))
    }
  })

  it("scores every product by its dot product, the same with either kernels", () => {
    const model = fitAls(twoTastes(60, 30, 5), OPTIONS)
    const vector = foldIn(model, [1, 4], [1, 1])
    const fast = alsScorer(model, wasmKernels()!)(vector)
    const plain = alsScorer(model, plainKernels)(vector)
    expect(fast.length).toBe(30)
    for (let p = 0; p < 30; p++) {
      expect(fast[p]).toBeCloseTo(dot(vector, vectorOf(model, p)), 5)
      expect(plain[p]).toBeCloseTo(fast[p], 5)
    }
  })

  it("is the same for a seed and with either kernels", () => {
    const csr = twoTastes(60, 30, 5)
    const fast = fitAls(csr, { ...OPTIONS, kernels: wasmKernels()! })
    const plain = fitAls(csr, { ...OPTIONS, kernels: plainKernels })
    expect(fitAls(csr, OPTIONS).items).toEqual(fast.items)
    fast.items.forEach((value, i) => expect(plain.items[i]).toBeCloseTo(value, 3))
  })

  it("gives nothing to a product that no one chose and to a shopper who chose nothing", () => {
    const csr = twoTastes(60, 30, 5)
    const model = fitAls({ ...csr, columnCount: 31 }, OPTIONS)
    expect(vectorOf(model, 30)).toEqual(Array(8).fill(0))
    expect([...foldIn(model, [], [])]).toEqual(Array(8).fill(0))
  })

  it("refuses what it cannot solve with", () => {
    const csr = twoTastes(4, 4, 1)
    expect(() => fitAls(csr, { ...OPTIONS, factors: 10 })).toThrow("factors must be a multiple of 4")
    expect(() => fitAls(csr, { ...OPTIONS, regularisation: 0 })).toThrow(
      "regularisation must be above 0, got 0",
    )
    expect(() => fitAls(csr, { ...OPTIONS, alpha: -1 })).toThrow("alpha must be above 0, got -1")
  })
})
