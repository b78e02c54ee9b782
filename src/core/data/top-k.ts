/**
 * Keeps the k best of a stream of (row, score) in a binary heap whose root is the worst kept. Equal
 * scores: the lower row is better, so that the order never depends on the order of arrival.
 * Cost: O(1) for a row that does not enter, O(log k) for one that does; memory 12k bytes.
 */
export class TopK {
  private readonly rows: Int32Array
  private readonly scores: Float64Array
  private used = 0

  constructor(private readonly k: number) {
    if (!(Number.isInteger(k) && k >= 0))
      throw new RangeError(`top k: k must be a whole number >= 0, got ${k}`)
    this.rows = new Int32Array(k)
    this.scores = new Float64Array(k)
  }

  /** How many are kept now. */
  get size(): number {
    return this.used
  }

  /** A row that scores less than this cannot enter. */
  get bar(): number {
    return this.used < this.k ? -Infinity : this.k === 0 ? Infinity : this.scores[0]
  }

  offer(row: number, score: number): void {
    const { rows, scores, k } = this
    if (this.used < k) {
      let at = this.used++
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!worse(row, score, rows[parent], scores[parent])) break
        rows[at] = rows[parent]
        scores[at] = scores[parent]
        at = parent
      }
      rows[at] = row
      scores[at] = score
    } else if (k > 0 && worse(rows[0], scores[0], row, score)) {
      this.sink(row, score, k)
    }
  }

  /** Empties the heap into `rowsOut` and `scoresOut` from `at`, best first, and returns how many. */
  drain(rowsOut: Int32Array, scoresOut: Float64Array, at = 0): number {
    const count = this.used
    for (let end = count - 1; end >= 0; end--) {
      rowsOut[at + end] = this.rows[0]
      scoresOut[at + end] = this.scores[0]
      this.used = end
      this.sink(this.rows[end], this.scores[end], end)
    }
    return count
  }

  /** Puts (row, score) where the root was and restores the heap of `size` entries. */
  private sink(row: number, score: number, size: number): void {
    if (size === 0) return
    const { rows, scores } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && worse(rows[child + 1], scores[child + 1], rows[child], scores[child])) child++
      if (!worse(rows[child], scores[child], row, score)) break
      rows[at] = rows[child]
      scores[at] = scores[child]
      at = child
    }
    rows[at] = row
    scores[at] = score
  }
}

function worse(row: number, score: number, thanRow: number, thanScore: number): boolean {
  return score < thanScore || (score === thanScore && row > thanRow)
}
