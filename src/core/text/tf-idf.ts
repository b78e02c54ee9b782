import { IdMap, type Csr } from "../data"

/** The terms of one document with a weight each, e.g. how often, times how much the field counts. */
export type TermCounts = ReadonlyMap<string, number>

/**
 * Documents as TF-IDF vectors of length 1 (Salton and Buckley 1988): weight = (1 + ln tf) x ln((1 + N) / (1 + df)) for
 * tf above 1, tf x idf below. Terms that every document has weigh nothing and are left out, and terms of
 * one document alone are dropped, since they can tie nothing. Rows are documents, columns rows of `terms`.
 * Cost: O(term occurrences). Memory: 8 bytes a (document, term), and the vocabulary.
 */
export function tfIdf(
  documents: number,
  countsOf: (document: number) => TermCounts,
): { matrix: Csr; terms: string[] } {
  const vocabulary = new IdMap()
  const terms: string[] = []
  const frequency: number[] = []
  const columns: number[] = []
  const tf: number[] = []
  const offsets = new Int32Array(documents + 1)
  for (let d = 0; d < documents; d++) {
    for (const [term, count] of countsOf(d)) {
      const row = vocabulary.add(term)
      if (row === terms.length) {
        terms.push(term)
        frequency.push(0)
      }
      frequency[row]++
      columns.push(row)
      tf.push(count)
    }
    offsets[d + 1] = columns.length
  }
  const outOffsets = new Int32Array(documents + 1)
  const outColumns = new Int32Array(columns.length)
  const outWeights = new Float32Array(columns.length)
  let used = 0
  for (let d = 0; d < documents; d++) {
    const from = used
    let squares = 0
    for (let i = offsets[d]; i < offsets[d + 1]; i++) {
      const df = frequency[columns[i]]
      const idf = Math.log((1 + documents) / (1 + df))
      if (df < 2 || idf <= 0) continue
      const weight = (tf[i] > 1 ? 1 + Math.log(tf[i]) : tf[i]) * idf
      outColumns[used] = columns[i]
      outWeights[used++] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares)
    for (let i = from; i < used; i++) outWeights[i] /= length
    outOffsets[d + 1] = used
  }
  const matrix = {
    rows: documents,
    columnCount: terms.length,
    offsets: outOffsets,
    columns: outColumns.slice(0, used),
    weights: outWeights.slice(0, used),
  }
  return { matrix, terms }
}
