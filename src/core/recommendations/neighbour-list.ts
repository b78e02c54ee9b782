import { TopK, Int32Column } from "../data"
import type { Neighbours } from "./types"

/** Collects each product's best neighbours, product after product, into CSR form. */
export class NeighbourListBuilder {
  private readonly best: TopK
  private readonly rows: Int32Array
  private readonly scores: Float64Array
  private readonly product = new Int32Column()
  private readonly scoreBits = new Int32Column()
  private readonly count = new Int32Column()
  private readonly ends = new Int32Column()
  private readonly floats: Float32Array
  private readonly bits: Int32Array
  private readonly counts: Int32Array

  constructor(neighbours: number) {
    this.best = new TopK(neighbours)
    this.rows = new Int32Array(neighbours)
    this.scores = new Float64Array(neighbours)
    this.floats = new Float32Array(neighbours)
    this.bits = new Int32Array(this.floats.buffer)
    this.counts = new Int32Array(neighbours)
    this.ends.push(0)
  }

  /** What scores less than this would not be kept: a cheap upper bound can spare the exact score. */
  get bar(): number {
    return this.best.bar
  }

  offer(product: number, score: number): void {
    this.best.offer(product, score)
  }

  /** Ends the current product; `counts` is indexed by the neighbour's row, null where a list has no counts. */
  next(counts: Int32Array | null): void {
    const kept = this.best.drain(this.rows, this.scores)
    for (let i = 0; i < kept; i++) {
      this.floats[i] = this.scores[i]
      if (counts !== null) this.counts[i] = counts[this.rows[i]]
    }
    this.product.pushAll(this.rows.subarray(0, kept))
    this.scoreBits.pushAll(this.bits.subarray(0, kept))
    if (counts !== null) this.count.pushAll(this.counts.subarray(0, kept))
    this.ends.push(this.product.length)
  }

  finish(): Neighbours {
    return {
      offsets: this.ends.finish(),
      product: this.product.finish(),
      score: new Float32Array(this.scoreBits.finish().buffer),
      count: this.count.finish(),
    }
  }
}
