import { mirror } from "./dense"
import type { Arena } from "./kernels"

/** Side of the blocks: all but the blocks on the diagonal is left to the packed product. */
const BLOCK = 128
const STRIP = 256

/** Floats of scratch that `cholesky` and `invertPositiveDefinite` need beside the matrix. */
export function positiveDefiniteScratch(size: number): number {
  return BLOCK * BLOCK + BLOCK * size
}

/**
 * Cholesky factorisation A = L L^T of the symmetric positive definite matrix at `at` (size x size, row-major), in place:
 * the lower triangle becomes L, what lies above the diagonal is left with no meaning. Blocked, right-looking (Golub and
 * Van Loan 2013, 4.2.6); blocks on the diagonal sum in double precision.
 *
 * Cost: size^3 / 3 operations, nearly all in `gemm`. Memory: see `positiveDefiniteScratch`, at `scratch`.
 * Throws when a pivot is not above 0.
 */
export function cholesky(arena: Arena, at: number, size: number, scratch: number): void {
  const { floats } = arena
  const inverse = scratch
  const panel = scratch + BLOCK * BLOCK
  for (let k = 0; k < size; k += BLOCK) {
    const width = Math.min(BLOCK, size - k)
    const corner = at + k * size + k
    factorBlock(floats, corner, size, width, k)
    const below = size - k - width
    if (below === 0) break
    invertBlock(floats, corner, size, width, inverse)
    // L21 = A21 L11^-T
    const from = corner + width * size
    floats.fill(0, panel, panel + below * width)
    arena.gemm({
      ...{ a: from, aRow: size, aColumn: 1 },
      ...{ b: inverse, bRow: 1, bColumn: width },
      ...{ c: panel, cRow: width, m: below, n: width, k: width, scale: 1 },
    })
    for (let r = 0; r < below; r++) {
      floats.copyWithin(from + r * size, panel + r * width, panel + (r + 1) * width)
    }
    // A22 -= L21 L21^T, below the diagonal
    for (let j = 0; j < below; j += STRIP) {
      arena.gemm({
        ...{ a: panel + j * width, aRow: width, aColumn: 1 },
        ...{ b: panel + j * width, bRow: 1, bColumn: width },
        ...{ c: from + j * size + width + j, cRow: size },
        ...{ m: below - j, n: Math.min(STRIP, below - j), k: width, scale: -1 },
      })
    }
  }
}

/**
 * The inverse of the symmetric positive definite matrix at `at`, in place and whole: A^-1 = X^T X with X = L^-1.
 * Cost: size^3 operations, nearly all in `gemm`. Memory: see `positiveDefiniteScratch`, at `scratch`.
 */
export function invertPositiveDefinite(arena: Arena, at: number, size: number, scratch: number): void {
  cholesky(arena, at, size, scratch)
  invertLower(arena, at, size, scratch)
  const { floats } = arena
  const sums = scratch
  // Rows in order: row i of X^T X needs the rows of X from i on, so it may take the place of row i.
  for (let i = 0; i < size; i += BLOCK) {
    const width = Math.min(BLOCK, size - i)
    const columns = i + width
    floats.fill(0, sums, sums + width * columns)
    arena.gemm({
      ...{ a: at + i * size + i, aRow: 1, aColumn: size },
      ...{ b: at + i * size, bRow: size, bColumn: 1 },
      ...{ c: sums, cRow: columns, m: width, n: columns, k: size - i, scale: 1 },
    })
    for (let r = 0; r < width; r++) {
      floats.copyWithin(at + (i + r) * size, sums + r * columns, sums + (r + 1) * columns)
    }
  }
  mirror(floats, at, size)
}

/** X = L^-1 in place, block row by block row: X_kj = -L_kk^-1 sum over i from j to k - 1 of L_ki X_ij. 0 above the diagonal. */
function invertLower(arena: Arena, at: number, size: number, scratch: number): void {
  const { floats } = arena
  const inverse = scratch
  const sums = scratch + BLOCK * BLOCK
  for (let k = 0; k < size; k += BLOCK) {
    const width = Math.min(BLOCK, size - k)
    const row = at + k * size
    invertBlock(floats, row + k, size, width, inverse)
    floats.fill(0, sums, sums + width * k)
    for (let j = 0; j < k; j += STRIP) {
      arena.gemm({
        ...{ a: row + j, aRow: size, aColumn: 1 },
        ...{ b: at + j * size + j, bRow: size, bColumn: 1 },
        ...{ c: sums + j, cRow: k, m: width, n: Math.min(STRIP, k - j), k: k - j, scale: 1 },
      })
    }
    for (let r = 0; r < width; r++) floats.fill(0, row + r * size, row + (r + 1) * size)
    arena.gemm({
      ...{ a: inverse, aRow: width, aColumn: 1 },
      ...{ b: sums, bRow: k, bColumn: 1 },
      ...{ c: row, cRow: size, m: width, n: k, k: width, scale: -1 },
    })
    for (let r = 0; r < width; r++) {
      floats.copyWithin(row + r * size + k, inverse + r * width, inverse + (r + 1) * width)
    }
  }
}

/** Cholesky of one block on the diagonal, in place; `first` is its first row, for the error. */
function factorBlock(floats: Float32Array, at: number, stride: number, width: number, first: number): void {
  for (let j = 0; j < width; j++) {
    const rowJ = at + j * stride
    let pivot = floats[rowJ + j]
    for (let p = 0; p < j; p++) pivot -= floats[rowJ + p] * floats[rowJ + p]
    if (!(pivot > 0)) {
      throw new RangeError(
        `cholesky: the matrix is not positive definite: pivot ${pivot} in row ${first + j} must be above 0`,
      )
    }
    const root = Math.sqrt(pivot)
    floats[rowJ + j] = root
    for (let i = j + 1; i < width; i++) {
      const rowI = at + i * stride
      let sum = floats[rowI + j]
      for (let p = 0; p < j; p++) sum -= floats[rowI + p] * floats[rowJ + p]
      floats[rowI + j] = sum / root
    }
  }
}

/** The inverse of a lower triangular block, whole (0 above the diagonal) and compact (width x width) at `to`. */
function invertBlock(floats: Float32Array, at: number, stride: number, width: number, to: number): void {
  floats.fill(0, to, to + width * width)
  for (let i = 0; i < width; i++) {
    const row = at + i * stride
    const own = 1 / floats[row + i]
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let p = j; p < i; p++) sum += floats[row + p] * floats[to + p * width + j]
      floats[to + i * width + j] = -sum * own
    }
    floats[to + i * width + i] = own
  }
}
