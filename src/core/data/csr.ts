/**
 * Sparse rows, compressed (CSR): the columns of row r are `columns[offsets[r] .. offsets[r + 1])`, with a
 * weight each. Built by counting sort: O(entries + rows), no comparison, and in the order of arrival.
 */
export interface Csr {
  rows: number
  columnCount: number
  offsets: Int32Array
  columns: Int32Array
  weights: Float32Array
}

export function transpose(csr: Csr): Csr {
  const { rows, columnCount, offsets, columns, weights } = csr
  const starts = new Int32Array(columnCount + 1)
  for (let i = 0; i < columns.length; i++) starts[columns[i] + 1]++
  for (let c = 0; c < columnCount; c++) starts[c + 1] += starts[c]
  const next = starts.slice(0, columnCount)
  const outColumns = new Int32Array(columns.length)
  const outWeights = new Float32Array(columns.length)
  for (let r = 0; r < rows; r++) {
    for (let i = offsets[r]; i < offsets[r + 1]; i++) {
      const to = next[columns[i]]++
      outColumns[to] = r
      outWeights[to] = weights[i]
    }
  }
  return { rows: columnCount, columnCount: rows, offsets: starts, columns: outColumns, weights: outWeights }
}

/** Row numbers of `keys` grouped by key, in order of arrival; keys below 0 are left out. */
export function groupRows(keys: Int32Array, groups: number): { offsets: Int32Array; rows: Int32Array } {
  const offsets = new Int32Array(groups + 1)
  for (let i = 0; i < keys.length; i++) if (keys[i] >= 0) offsets[keys[i] + 1]++
  for (let g = 0; g < groups; g++) offsets[g + 1] += offsets[g]
  const next = offsets.slice(0, groups)
  const rows = new Int32Array(offsets[groups])
  for (let i = 0; i < keys.length; i++) if (keys[i] >= 0) rows[next[keys[i]]++] = i
  return { offsets, rows }
}
