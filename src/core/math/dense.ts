import type { Arena, Kernels } from "./kernels"

/** Columns of a symmetric result at a time: what lies above the diagonal is computed within one strip only. */
const STRIP = 256

/**
 * C = A B, row-major, A m x k and B k x n. Cost: 2 m n k operations; memory: a copy of A, B and C beside them while it runs.
 */
export function multiply(
  kernels: Kernels,
  a: Float32Array,
  b: Float32Array,
  shape: { m: number; k: number; n: number },
): Float32Array {
  const { m, k, n } = shape
  if (a.length !== m * k || b.length !== k * n) {
    throw new RangeError(
      `multiply: ${m} x ${k} and ${k} x ${n} need ${m * k} and ${k * n} numbers, got ${a.length} and ${b.length}`,
    )
  }
  const arena = kernels.arena(m * k + k * n + m * n)
  arena.floats.set(a)
  arena.floats.set(b, m * k)
  const c = m * k + k * n
  arena.gemm({
    ...{ a: 0, aRow: k, aColumn: 1 },
    ...{ b: m * k, bRow: n, bColumn: 1 },
    ...{ c, cRow: n, m, n, k, scale: 1 },
  })
  return arena.floats.slice(c)
}

/**
 * The Gram matrix A^T A (columns x columns, symmetric, added to what is at `to`) of the row-major A at `from`.
 * Cost: rows x columns^2 operations.
 */
export function gram(arena: Arena, from: number, rows: number, columns: number, to: number): void {
  for (let j = 0; j < columns; j += STRIP) {
    arena.gemm({
      ...{ a: from + j, aRow: 1, aColumn: columns },
      ...{ b: from + j, bRow: columns, bColumn: 1 },
      ...{ c: to + j * columns + j, cRow: columns },
      ...{ m: columns - j, n: Math.min(STRIP, columns - j), k: rows, scale: 1 },
    })
  }
  mirror(arena.floats, to, columns)
}

/** Copies what is below the diagonal of a square matrix to above it, in tiles that fit into the cache. */
export function mirror(floats: Float32Array, at: number, size: number): void {
  const tile = 32
  for (let i = 0; i < size; i += tile) {
    for (let j = 0; j <= i; j += tile) {
      for (let r = i; r < Math.min(i + tile, size); r++) {
        for (let c = j; c < Math.min(j + tile, r); c++) floats[at + c * size + r] = floats[at + r * size + c]
      }
    }
  }
}
