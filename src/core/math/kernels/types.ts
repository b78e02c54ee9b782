/**
 * A product C += scale x A x B. Places and strides count floats of the arena: A(i, p) is at a + i * aRow + p * aColumn,
 * B(p, j) at b + p * bRow + j * bColumn, C(i, j) at c + i * cRow + j. So either may be transposed. C overlaps neither.
 */
export interface Product {
  a: number
  aRow: number
  aColumn: number
  b: number
  bRow: number
  bColumn: number
  c: number
  cRow: number
  m: number
  n: number
  k: number
  scale: number
}

/** One half epoch of implicit ALS; see `conjugateSweep` in the assembly source. Places count floats (or integers). */
export interface Sweep {
  /** rows x factors, solved for. */
  own: number
  /** columns x factors, held fixed. */
  other: number
  /** factors x factors: other^T other. */
  gram: number
  /** rows + 1 integers, then what they delimit: the column of each entry (integers), its weight (floats). */
  offsets: number
  columns: number
  weights: number
  /** The L2 penalty of each row (floats). */
  penalties: number
  rows: number
  /** A multiple of 4. */
  factors: number
  steps: number
}

/**
 * Memory and the dense loops over it. Views stay valid as long as the arena lives: it never grows. Everything that is
 * passed to a loop lies in `floats` or `integers`, which are the same memory.
 */
export interface Arena {
  readonly floats: Float32Array
  readonly integers: Int32Array
  gemm(product: Product): void
  /** out[r] = vector . rows[r] for `count` rows of `factors` floats (a multiple of 4). */
  dotScan(vector: number, rows: number, count: number, factors: number, out: number): void
  conjugateSweep(sweep: Sweep): void
}

/** The two implementations give the same answers up to the rounding of single precision. */
export interface Kernels {
  readonly kind: "wasm" | "plain"
  /** Zeros, freed with the arena. WASM adds 0.7 MB for packing, and 4 GB is the most it can address. */
  arena(floats: number): Arena
}

/** Wider rows would not fit into the scratch area, others not into lanes of four. */
export function checkFactors(factors: number): void {
  if (!(factors > 0 && factors <= 4096 && factors % 4 === 0)) {
    throw new RangeError(`kernels: factors must be a multiple of 4 from 4 to 4096, got ${factors}`)
  }
}
