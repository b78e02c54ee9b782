/**
 * The dense inner loops in WASM SIMD, AssemblyScript. Built by `scripts/build-kernels.mjs` into ../wasm.ts. All
 * addresses are bytes in the imported memory, all lengths and strides count floats; no address needs alignment.
 *
 * `gemm` is the packed product of Goto and van de Geijn (2008): panels of B of KC x NC in the outer cache, panels of A
 * of MC x KC in the inner one, a 4 x 8 block of C in registers.
 */
const KC: i32 = 256
const MC: i32 = 64
const NC: i32 = 512
const PACKED_A_BYTES: i32 = MC * KC * 4
const PACKED_B_BYTES: i32 = KC * NC * 4

/** Four rows at a time, interleaved and scaled; rows beyond `rows` are 0. Element (i, p) is at i * byRow + p * byColumn. */
function packA(
  from: usize,
  byRow: i32,
  byColumn: i32,
  rows: i32,
  depth: i32,
  scale: f32,
  to: usize,
): void {
  const step: usize = <usize>byColumn << 2
  const stride: usize = <usize>byRow << 2
  const scales = f32x4.splat(scale)
  for (let i: i32 = 0; i < rows; i += 4) {
    const left = rows - i
    let r0 = from + <usize>i * stride
    if (left >= 4 && byRow === 1) {
      for (let p: i32 = 0; p < depth; p++) {
        v128.store(to, f32x4.mul(v128.load(r0), scales))
        r0 += step
        to += 16
      }
    } else if (left >= 4) {
      let r1 = r0 + stride
      let r2 = r1 + stride
      let r3 = r2 + stride
      for (let p: i32 = 0; p < depth; p++) {
        store<f32>(to, load<f32>(r0) * scale)
        store<f32>(to, load<f32>(r1) * scale, 4)
        store<f32>(to, load<f32>(r2) * scale, 8)
        store<f32>(to, load<f32>(r3) * scale, 12)
        r0 += step
        r1 += step
        r2 += step
        r3 += step
        to += 16
      }
    } else {
      for (let p: i32 = 0; p < depth; p++) {
        for (let q: i32 = 0; q < 4; q++) {
          const value: f32 = q < left ? load<f32>(r0 + <usize>q * stride) * scale : 0
          store<f32>(to + (<usize>q << 2), value)
        }
        r0 += step
        to += 16
      }
    }
  }
}

/** Eight columns at a time, interleaved; columns beyond `columns` are 0. Element (p, j) is at p * byRow + j * byColumn. */
function packB(from: usize, byRow: i32, byColumn: i32, depth: i32, columns: i32, to: usize): void {
  const step: usize = <usize>byRow << 2
  const stride: usize = <usize>byColumn << 2
  for (let j: i32 = 0; j < columns; j += 8) {
    const left = columns - j
    let row = from + <usize>j * stride
    if (left >= 8 && byColumn === 1) {
      for (let p: i32 = 0; p < depth; p++) {
        v128.store(to, v128.load(row))
        v128.store(to, v128.load(row, 16), 16)
        row += step
        to += 32
      }
    } else {
      const kept = min(left, 8)
      for (let q: i32 = 0; q < 8; q++) {
        let at = to + (<usize>q << 2)
        let source = row + <usize>q * stride
        for (let p: i32 = 0; p < depth; p++) {
          store<f32>(at, q < kept ? load<f32>(source) : 0)
          source += step
          at += 32
        }
      }
      to += <usize>depth << 5
    }
  }
}

/** C (4 x 8, rows `stride` bytes apart) += packed A x packed B over `depth`. */
function block(a: usize, b: usize, depth: i32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  for (let p: i32 = 0; p < depth; p++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    let x = v128.load_splat<f32>(a)
    c00 = f32x4.add(c00, f32x4.mul(x, b0))
    c01 = f32x4.add(c01, f32x4.mul(x, b1))
    x = v128.load_splat<f32>(a, 4)
    c10 = f32x4.add(c10, f32x4.mul(x, b0))
    c11 = f32x4.add(c11, f32x4.mul(x, b1))
    x = v128.load_splat<f32>(a, 8)
    c20 = f32x4.add(c20, f32x4.mul(x, b0))
    c21 = f32x4.add(c21, f32x4.mul(x, b1))
    x = v128.load_splat<f32>(a, 12)
    c30 = f32x4.add(c30, f32x4.mul(x, b0))
    c31 = f32x4.add(c31, f32x4.mul(x, b1))
    a += 16
    b += 32
  }
  let row = c
  v128.store(row, f32x4.add(v128.load(row), c00))
  v128.store(row, f32x4.add(v128.load(row, 16), c01), 16)
  row += stride
  v128.store(row, f32x4.add(v128.load(row), c10))
  v128.store(row, f32x4.add(v128.load(row, 16), c11), 16)
  row += stride
  v128.store(row, f32x4.add(v128.load(row), c20))
  v128.store(row, f32x4.add(v128.load(row, 16), c21), 16)
  row += stride
  v128.store(row, f32x4.add(v128.load(row), c30))
  v128.store(row, f32x4.add(v128.load(row, 16), c31), 16)
}

/**
 * C (m x n, rows ldc apart) += scale x A (m x k) x B (k x n), where A(i, p) is at i * aRow + p * aColumn and B(p, j) at
 * p * bRow + j * bColumn, so that either may be transposed. `scratch`: room for both packed panels and one block of C.
 */
export function gemm(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  ldc: i32,
  m: i32,
  n: i32,
  k: i32,
  scale: f32,
  scratch: usize,
): void {
  const packedA = scratch
  const packedB = scratch + PACKED_A_BYTES
  const edge = packedB + PACKED_B_BYTES
  const stride: usize = <usize>ldc << 2
  for (let jc: i32 = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc)
    for (let pc: i32 = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc)
      packB(b + ((<usize>pc * bRow + <usize>jc * bColumn) << 2), bRow, bColumn, kc, nc, packedB)
      for (let ic: i32 = 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic)
        packA(a + ((<usize>ic * aRow + <usize>pc * aColumn) << 2), aRow, aColumn, mc, kc, scale, packedA)
        for (let j: i32 = 0; j < nc; j += 8) {
          const panelB = packedB + ((<usize>j * kc) << 2)
          for (let i: i32 = 0; i < mc; i += 4) {
            const panelA = packedA + ((<usize>i * kc) << 2)
            const to = c + <usize>(ic + i) * stride + (<usize>(jc + j) << 2)
            if (i + 4 <= mc && j + 8 <= nc) {
              block(panelA, panelB, kc, to, stride)
            } else {
              memory.fill(edge, 0, 128)
              block(panelA, panelB, kc, edge, 32)
              const rows = min(4, mc - i)
              const columns = min(8, nc - j)
              for (let r: i32 = 0; r < rows; r++) {
                for (let q: i32 = 0; q < columns; q++) {
                  const at = to + <usize>r * stride + (<usize>q << 2)
                  store<f32>(at, load<f32>(at) + load<f32>(edge + ((<usize>r * 8 + q) << 2)))
                }
              }
            }
          }
        }
      }
    }
  }
}

@inline
function sumOf(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  )
}

/** The dot product of two vectors whose length is a multiple of 4. */
function dot(a: usize, b: usize, length: i32): f32 {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  const end = a + (<usize>length << 2)
  const pairs = a + (<usize>(length & ~7) << 2)
  while (a < pairs) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)))
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)))
    a += 32
    b += 32
  }
  if (a < end) s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)))
  return sumOf(f32x4.add(s0, s1))
}

/** y += scale x over a length that is a multiple of 4. */
@inline
function addScaled(y: usize, x: usize, scale: f32, length: i32): void {
  const scales = f32x4.splat(scale)
  const end = y + (<usize>length << 2)
  while (y < end) {
    v128.store(y, f32x4.add(v128.load(y), f32x4.mul(v128.load(x), scales)))
    y += 16
    x += 16
  }
}

/** out[r] = vector . rows[r], for `count` rows of `factors` floats (a multiple of 4). */
export function dotScan(vector: usize, rows: usize, count: i32, factors: i32, out: usize): void {
  const stride: usize = <usize>factors << 2
  for (let r: i32 = 0; r < count; r++) {
    store<f32>(out, dot(rows, vector, factors))
    rows += stride
    out += 4
  }
}

/** y = gram x, for a symmetric gram of f x f: columns in fours, so that nothing is summed across lanes. */
function gramTimes(gram: usize, x: usize, y: usize, f: i32): void {
  const stride: usize = <usize>f << 2
  let column: i32 = 0
  for (; column + 16 <= f; column += 16) {
    let at = gram + (<usize>column << 2)
    let y0 = f32x4.splat(0)
    let y1 = f32x4.splat(0)
    let y2 = f32x4.splat(0)
    let y3 = f32x4.splat(0)
    for (let j: i32 = 0; j < f; j++) {
      const xj = v128.load_splat<f32>(x + (<usize>j << 2))
      y0 = f32x4.add(y0, f32x4.mul(v128.load(at), xj))
      y1 = f32x4.add(y1, f32x4.mul(v128.load(at, 16), xj))
      y2 = f32x4.add(y2, f32x4.mul(v128.load(at, 32), xj))
      y3 = f32x4.add(y3, f32x4.mul(v128.load(at, 48), xj))
      at += stride
    }
    const to = y + (<usize>column << 2)
    v128.store(to, y0)
    v128.store(to, y1, 16)
    v128.store(to, y2, 32)
    v128.store(to, y3, 48)
  }
  for (; column < f; column += 4) {
    let at = gram + (<usize>column << 2)
    let y0 = f32x4.splat(0)
    for (let j: i32 = 0; j < f; j++) {
      y0 = f32x4.add(y0, f32x4.mul(v128.load(at), v128.load_splat<f32>(x + (<usize>j << 2))))
      at += stride
    }
    v128.store(y + (<usize>column << 2), y0)
  }
}

/**
 * One half epoch of implicit ALS: each row of `own` (rows x f) takes `steps` steps of conjugate gradient towards
 * (gram + penalty I + sum over its entries of w q q^T) x = sum of (1 + w) q, with q the row of `other` that the entry's
 * column names. A row without entries becomes 0. `scratch`: room for 3 f floats.
 */
export function conjugateSweep(
  own: usize,
  other: usize,
  gram: usize,
  offsets: usize,
  columns: usize,
  weights: usize,
  penalties: usize,
  rows: i32,
  f: i32,
  steps: i32,
  scratch: usize,
): void {
  const bytes: usize = <usize>f << 2
  const residual = scratch
  const direction = scratch + bytes
  const image = direction + bytes
  for (let row: i32 = 0; row < rows; row++) {
    const x = own + <usize>row * bytes
    const from = load<i32>(offsets + (<usize>row << 2))
    const to = load<i32>(offsets + (<usize>row << 2), 4)
    if (from === to) {
      memory.fill(x, 0, bytes)
      continue
    }
    const penalty = load<f32>(penalties + (<usize>row << 2))
    gramTimes(gram, x, image, f)
    addScaled(image, x, penalty, f)
    memory.fill(residual, 0, bytes)
    for (let e = from; e < to; e++) {
      const q = other + <usize>load<i32>(columns + (<usize>e << 2)) * bytes
      const w = load<f32>(weights + (<usize>e << 2))
      addScaled(residual, q, 1 + w - w * dot(q, x, f), f)
    }
    addScaled(residual, image, -1, f)
    memory.copy(direction, residual, bytes)
    let size = dot(residual, residual, f)
    for (let s: i32 = 0; s < steps && size > 1e-20; s++) {
      gramTimes(gram, direction, image, f)
      addScaled(image, direction, penalty, f)
      for (let e = from; e < to; e++) {
        const q = other + <usize>load<i32>(columns + (<usize>e << 2)) * bytes
        const w = load<f32>(weights + (<usize>e << 2))
        addScaled(image, q, w * dot(q, direction, f), f)
      }
      const length = size / dot(direction, image, f)
      addScaled(x, direction, length, f)
      addScaled(residual, image, -length, f)
      const before = size
      size = dot(residual, residual, f)
      const turn = f32x4.splat(size / before)
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(
          direction + i,
          f32x4.add(v128.load(residual + i), f32x4.mul(v128.load(direction + i), turn)),
        )
      }
    }
  }
}
