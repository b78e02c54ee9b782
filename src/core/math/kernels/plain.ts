import { checkFactors, type Arena, type Kernels, type Product, type Sweep } from "./types"

const DEPTH = 256
const COLUMNS = 256

/** The kernels in plain JavaScript: for engines without SIMD, and the twin that the WASM is tested against. */
export const plainKernels: Kernels = { kind: "plain", arena: plainArena }

function plainArena(floats: number): Arena {
  const memory = new Float32Array(floats)
  const integers = new Int32Array(memory.buffer)
  return {
    floats: memory,
    integers,
    gemm: (product) => gemm(memory, product),
    dotScan: (vector, rows, count, factors, out) => {
      checkFactors(factors)
      for (let r = 0; r < count; r++) memory[out + r] = dot(memory, vector, rows + r * factors, factors)
    },
    conjugateSweep: (sweep) => {
      checkFactors(sweep.factors)
      conjugateSweep(memory, integers, sweep)
    },
  }
}

/** Packed and blocked as the WASM twin, a 2 x 4 block of C in registers; sums in double precision. */
function gemm(x: Float32Array, product: Product): void {
  const { a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, scale } = product
  const packedA = new Float32Array(2 * DEPTH)
  const packedB = new Float32Array(DEPTH * COLUMNS)
  for (let jc = 0; jc < n; jc += COLUMNS) {
    const nc = Math.min(COLUMNS, n - jc)
    for (let pc = 0; pc < k; pc += DEPTH) {
      const kc = Math.min(DEPTH, k - pc)
      for (let j = 0; j < nc; j += 4) {
        for (let q = 0; q < 4; q++) {
          let from = b + pc * bRow + (jc + j + q) * bColumn
          for (let p = 0, to = j * kc + q; p < kc; p++, to += 4, from += bRow) {
            packedB[to] = j + q < nc ? x[from] : 0
          }
        }
      }
      for (let i = 0; i < m; i += 2) {
        const second = i + 1 < m
        const row = a + i * aRow + pc * aColumn
        for (let p = 0, from = row; p < kc; p++, from += aColumn) {
          packedA[2 * p] = x[from] * scale
          packedA[2 * p + 1] = second ? x[from + aRow] * scale : 0
        }
        for (let j = 0; j < nc; j += 4) {
          const to = c + i * cRow + jc + j
          block(packedA, packedB, j * kc, kc, x, to, second ? cRow : -1, Math.min(4, nc - j))
        }
      }
    }
  }
}

function block(
  a: Float32Array,
  b: Float32Array,
  fromB: number,
  depth: number,
  c: Float32Array,
  to: number,
  secondRow: number,
  columns: number,
): void {
  let c00 = 0
  let c01 = 0
  let c02 = 0
  let c03 = 0
  let c10 = 0
  let c11 = 0
  let c12 = 0
  let c13 = 0
  for (let p = 0, i = 0, j = fromB; p < depth; p++, i += 2, j += 4) {
    const a0 = a[i]
    const a1 = a[i + 1]
    const b0 = b[j]
    const b1 = b[j + 1]
    const b2 = b[j + 2]
    const b3 = b[j + 3]
    c00 += a0 * b0
    c01 += a0 * b1
    c02 += a0 * b2
    c03 += a0 * b3
    c10 += a1 * b0
    c11 += a1 * b1
    c12 += a1 * b2
    c13 += a1 * b3
  }
  c[to] += c00
  if (columns > 1) c[to + 1] += c01
  if (columns > 2) c[to + 2] += c02
  if (columns > 3) c[to + 3] += c03
  if (secondRow < 0) return
  c[to + secondRow] += c10
  if (columns > 1) c[to + secondRow + 1] += c11
  if (columns > 2) c[to + secondRow + 2] += c12
  if (columns > 3) c[to + secondRow + 3] += c13
}

function dot(x: Float32Array, a: number, b: number, length: number): number {
  let s0 = 0
  let s1 = 0
  for (let i = 0; i < length; i += 2) {
    s0 += x[a + i] * x[b + i]
    s1 += x[a + i + 1] * x[b + i + 1]
  }
  return s0 + s1
}

/** y = (gram + penalty I + sum of w q q^T) x over the entries from..to of the sweep. */
function apply(
  floats: Float32Array,
  integers: Int32Array,
  sweep: Sweep,
  from: number,
  to: number,
  penalty: number,
  x: Float32Array,
  y: Float32Array,
): void {
  const { gram, other, columns, weights, factors } = sweep
  for (let i = 0; i < factors; i++) y[i] = penalty * x[i]
  for (let j = 0, at = gram; j < factors; j++) {
    const xj = x[j]
    for (let i = 0; i < factors; i++) y[i] += floats[at++] * xj
  }
  for (let e = from; e < to; e++) {
    const q = other + integers[columns + e] * factors
    let along = 0
    for (let i = 0; i < factors; i++) along += floats[q + i] * x[i]
    along *= floats[weights + e]
    for (let i = 0; i < factors; i++) y[i] += floats[q + i] * along
  }
}

function conjugateSweep(floats: Float32Array, integers: Int32Array, sweep: Sweep): void {
  const { own, other, offsets, columns, weights, penalties, rows, factors, steps } = sweep
  const residual = new Float32Array(factors)
  const direction = new Float32Array(factors)
  const image = new Float32Array(factors)
  for (let row = 0; row < rows; row++) {
    const x = floats.subarray(own + row * factors, own + (row + 1) * factors)
    const from = integers[offsets + row]
    const to = integers[offsets + row + 1]
    if (from === to) {
      x.fill(0)
      continue
    }
    const penalty = floats[penalties + row]
    apply(floats, integers, sweep, from, to, penalty, x, image)
    residual.fill(0)
    for (let e = from; e < to; e++) {
      const q = other + integers[columns + e] * factors
      const w = 1 + floats[weights + e]
      for (let i = 0; i < factors; i++) residual[i] += floats[q + i] * w
    }
    for (let i = 0; i < factors; i++) residual[i] -= image[i]
    direction.set(residual)
    let size = dot(residual, 0, 0, factors)
    for (let s = 0; s < steps && size > 1e-20; s++) {
      apply(floats, integers, sweep, from, to, penalty, direction, image)
      let curvature = 0
      for (let i = 0; i < factors; i++) curvature += direction[i] * image[i]
      const length = size / curvature
      for (let i = 0; i < factors; i++) {
        x[i] += length * direction[i]
        residual[i] -= length * image[i]
      }
      const before = size
      size = dot(residual, 0, 0, factors)
      const turn = size / before
      for (let i = 0; i < factors; i++) direction[i] = residual[i] + turn * direction[i]
    }
  }
}
