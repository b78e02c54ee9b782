import { spawnSync } from "node:child_process"
import path from "node:path"
import fc from "fast-check"
import { seededRandom } from "../../data"
import {
  cholesky,
  gram,
  invertPositiveDefinite,
  kernels,
  multiply,
  plainKernels,
  positiveDefiniteScratch,
  wasmKernels,
  type Kernels,
} from ".."

const implementations: [string, () => Kernels][] = [
  ["wasm", () => wasmKernels()!],
  ["plain", () => plainKernels],
]

function randomNumbers(count: number, seed: number): Float32Array {
  const random = seededRandom(seed)
  return Float32Array.from({ length: count }, () => random.next() - 0.5)
}

/** A^T A of a random 2 size x size matrix, and 0.1 size on the diagonal: positive definite. */
function positiveDefinite(size: number, seed: number): Float64Array {
  const a = randomNumbers(2 * size * size, seed)
  const out = new Float64Array(size * size)
  for (let r = 0; r < 2 * size; r++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) out[i * size + j] += a[r * size + i] * a[r * size + j]
    }
  }
  for (let i = 0; i < size; i++) out[i * size + i] += 0.1 * size
  return out
}

describe("the embedded kernels", () => {
  it("are what their source gives", () => {
    const script = path.resolve(__dirname, "../../../../scripts/build-kernels.mjs")
    const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" })
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
  })

  it("are preferred to the plain ones on this engine", () => {
    expect(kernels().kind).toBe("wasm")
  })
})

describe.each(implementations)("the %s kernels", (kind, make) => {
  it("say which they are and start with zeros", () => {
    const arena = make().arena(1000)
    expect(make().kind).toBe(kind)
    expect(arena.floats.length).toBe(1000)
    expect(arena.floats.every((value) => value === 0)).toBe(true)
    arena.floats[7] = 1
    expect(arena.integers[7]).toBe(0x3f800000)
  })

  it("multiply as the definition, whatever the shape, transposition and scale", () => {
    const side = fc.integer({ min: 1, max: 21 })
    const shape = fc.record({
      m: fc.oneof(side, fc.constantFrom(64, 65, 131)),
      n: fc.oneof(side, fc.constantFrom(8, 257, 520)),
      k: fc.oneof(side, fc.constantFrom(256, 259)),
      turnA: fc.boolean(),
      turnB: fc.boolean(),
      scale: fc.constantFrom(1, -1, 0.5),
      seed: fc.nat(1000),
    })
    fc.assert(
      fc.property(shape, ({ m, n, k, turnA, turnB, scale, seed }) => {
        const arena = make().arena(m * k + k * n + m * (n + 3))
        const { floats } = arena
        floats.set(randomNumbers(floats.length, seed))
        const before = floats.slice()
        const [aRow, aColumn] = turnA ? [1, m] : [k, 1]
        const [bRow, bColumn] = turnB ? [1, k] : [n, 1]
        const b = m * k
        const c = b + k * n
        arena.gemm({ a: 0, aRow, aColumn, b, bRow, bColumn, c, cRow: n + 3, m, n, k, scale })
        let worst = 0
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n + 3; j++) {
            let sum = 0
            for (let p = 0; p < k && j < n; p++) {
              sum += before[i * aRow + p * aColumn] * before[b + p * bRow + j * bColumn]
            }
            const at = c + i * (n + 3) + j
            worst = Math.max(worst, Math.abs(floats[at] - (before[at] + scale * sum)))
          }
        }
        for (let i = 0; i < c; i++) worst = Math.max(worst, Math.abs(floats[i] - before[i]))
        expect(worst).toBeLessThan(1e-5)
      }),
      { numRuns: 40 },
    )
  })

  it("give [19 22; 43 50] for [1 2; 3 4] [5 6; 7 8]", () => {
    const product = multiply(make(), Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8), {
      m: 2,
      k: 2,
      n: 2,
    })
    expect([...product]).toEqual([19, 22, 43, 50])
    expect(() => multiply(make(), Float32Array.of(1, 2), Float32Array.of(5), { m: 2, k: 2, n: 1 })).toThrow(
      "multiply: 2 x 2 and 2 x 1 need 4 and 2 numbers, got 2 and 1",
    )
  })

  it("give the Gram matrix whole and symmetric", () => {
    const rows = 37
    const columns = 300
    const arena = make().arena(rows * columns + columns * columns)
    const a = randomNumbers(rows * columns, 5)
    arena.floats.set(a)
    gram(arena, 0, rows, columns, rows * columns)
    let worst = 0
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0
        for (let r = 0; r < rows; r++) sum += a[r * columns + i] * a[r * columns + j]
        worst = Math.max(worst, Math.abs(arena.floats[rows * columns + i * columns + j] - sum))
      }
    }
    expect(worst).toBeLessThan(1e-5)
  })

  it("factor the matrix of the textbook: [4 12 -16; 12 37 -43; -16 -43 98] = L L^T with L = [2; 6 1; -8 5 3]", () => {
    const arena = make().arena(9 + positiveDefiniteScratch(3))
    arena.floats.set([4, 12, -16, 12, 37, -43, -16, -43, 98])
    cholesky(arena, 0, 3, 9)
    const { floats } = arena
    expect([floats[0], floats[3], floats[4], floats[6], floats[7], floats[8]]).toEqual([2, 6, 1, -8, 5, 3])
  })

  it.each([1, 2, 7, 127, 128, 129, 300])(
    "factor and invert a positive definite matrix of side %i",
    (size) => {
      const matrix = positiveDefinite(size, size)
      const scratch = size * size
      const arena = make().arena(scratch + positiveDefiniteScratch(size))
      const { floats } = arena
      floats.set(matrix)
      cholesky(arena, 0, size, scratch)
      let worst = 0
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = 0
          for (let p = 0; p <= j; p++) sum += floats[i * size + p] * floats[j * size + p]
          worst = Math.max(worst, Math.abs(sum - matrix[i * size + j]))
        }
      }
      expect(worst).toBeLessThan(1e-6 * size + 1e-6)
      floats.set(matrix)
      invertPositiveDefinite(arena, 0, size, scratch)
      worst = 0
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          let sum = 0
          for (let p = 0; p < size; p++) sum += matrix[i * size + p] * floats[p * size + j]
          worst = Math.max(worst, Math.abs(sum - (i === j ? 1 : 0)))
        }
      }
      expect(worst).toBeLessThan(1e-5)
    },
  )

  it("refuse a matrix that is not positive definite, naming the row", () => {
    const size = 130
    const arena = make().arena(size * size + positiveDefiniteScratch(size))
    for (let i = 0; i < size; i++) arena.floats[i * size + i] = i === 129 ? -1 : 1
    expect(() => cholesky(arena, 0, size, size * size)).toThrow("pivot -1 in row 129 must be above 0")
  })

  it.each([4, 12, 64])("scan dot products of %i factors", (factors) => {
    const count = 33
    const arena = make().arena(factors + count * factors + count)
    arena.floats.set(randomNumbers(factors + count * factors, 3))
    const out = factors + count * factors
    arena.dotScan(0, factors, count, factors, out)
    for (let r = 0; r < count; r++) {
      let sum = 0
      for (let i = 0; i < factors; i++) sum += arena.floats[i] * arena.floats[factors + r * factors + i]
      expect(arena.floats[out + r]).toBeCloseTo(sum, 5)
    }
  })

  it("refuse factors that do not fill lanes of four", () => {
    const arena = make().arena(100)
    expect(() => arena.dotScan(0, 6, 1, 6, 12)).toThrow(
      "factors must be a multiple of 4 from 4 to 4096, got 6",
    )
  })

  it.each([8, 20])(
    "solve the normal equations of each row when conjugate gradient may take %i steps",
    (f) => {
      // Two rows with entries and one without; as many steps as factors reach the solution.
      const columns = [0, 3, 4, 1, 4]
      const weights = [2, 0.5, 7, 1, 3]
      const places = { own: 0, other: 3 * f, gram: 8 * f }
      const offsets = 8 * f + f * f
      const penalties = offsets + 4 + 10
      const arena = make().arena(penalties + 3)
      const { floats, integers } = arena
      floats.set(randomNumbers(8 * f, 9))
      gram(arena, places.other, 5, f, places.gram)
      floats.set([0.3, 0.9, 0.3], penalties)
      integers.set([0, 3, 5, 5], offsets)
      integers.set(columns, offsets + 4)
      floats.set(weights, offsets + 9)
      arena.conjugateSweep({
        ...places,
        ...{ offsets, columns: offsets + 4, weights: offsets + 9, penalties },
        ...{ rows: 3, factors: f, steps: f },
      })
      for (const [row, from, to] of [
        [0, 0, 3],
        [1, 3, 5],
      ]) {
        for (let i = 0; i < f; i++) {
          let left = floats[penalties + row] * floats[row * f + i]
          let right = 0
          for (let j = 0; j < f; j++) left += floats[places.gram + i * f + j] * floats[row * f + j]
          for (let e = from; e < to; e++) {
            const q = places.other + columns[e] * f
            let along = 0
            for (let j = 0; j < f; j++) along += floats[q + j] * floats[row * f + j]
            left += weights[e] * along * floats[q + i]
            right += (1 + weights[e]) * floats[q + i]
          }
          expect(left).toBeCloseTo(right, 3)
        }
      }
      expect(floats.subarray(2 * f, 3 * f).every((value) => value === 0)).toBe(true)
    },
  )
})

describe("both kernels", () => {
  it("say how much is too much for WASM", () => {
    expect(() => wasmKernels()!.arena(2 ** 31)).toThrow("arena: 2147483648 floats do not fit")
  })
})
