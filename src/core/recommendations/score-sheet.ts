import type { Evidence } from "./evidence"
import type { Neighbours } from "./types"

/**
 * Scores being added up, product by product, with what gave each product the greatest part. Only touched products cost
 * anything, whatever the catalogue's size. Memory: 22 bytes a product, kept between answers.
 */
export class ScoreSheet {
  readonly score: Float64Array
  /** Rows that have a score, `length` of them, in no order. */
  readonly touched: Int32Array
  length = 0
  /** Of the greatest part: the product it came from (-1: none), and a number that the caller gives meaning. */
  readonly because: Int32Array
  readonly source: Uint8Array
  private readonly greatest: Float32Array
  private readonly seen: Uint8Array

  constructor(products: number) {
    this.score = new Float64Array(products)
    this.touched = new Int32Array(products)
    this.because = new Int32Array(products)
    this.source = new Uint8Array(products)
    this.greatest = new Float32Array(products)
    this.seen = new Uint8Array(products)
  }

  /** `part` may be below 0: what speaks against a product. It is then never told as the reason. */
  add(row: number, part: number, because: number, source: number): void {
    if (this.seen[row] === 0) {
      this.seen[row] = 1
      this.touched[this.length++] = row
      this.because[row] = -1
    }
    this.score[row] += part
    if (part <= this.greatest[row]) return
    this.greatest[row] = part
    this.because[row] = because
    this.source[row] = source
  }

  /** Adds to the score, but is never the greatest part. */
  addQuietly(row: number, part: number): void {
    if (this.seen[row] === 0) this.add(row, 0, -1, 0)
    this.score[row] += part
  }

  /** Adds factor x (sum over evidence a of weight_a x list[a]). */
  addNeighbours(list: Neighbours, evidence: Evidence, factor: number, source: number): void {
    if (factor === 0) return
    for (let e = 0; e < evidence.length; e++) {
      const from = evidence.rows[e]
      const weight = evidence.weights[e] * factor
      const end = list.offsets[from + 1]
      for (let i = list.offsets[from]; i < end; i++) {
        this.add(list.product[i], list.score[i] * weight, from, source)
      }
    }
  }

  has(row: number): boolean {
    return this.seen[row] === 1
  }

  greatestScore(): number {
    let most = 0
    for (let i = 0; i < this.length; i++)
      if (this.score[this.touched[i]] > most) most = this.score[this.touched[i]]
    return most
  }

  clear(): void {
    for (let i = 0; i < this.length; i++) {
      const row = this.touched[i]
      this.score[row] = 0
      this.greatest[row] = 0
      this.seen[row] = 0
    }
    this.length = 0
  }
}
