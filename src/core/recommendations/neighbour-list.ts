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
  private readonly float = new Float32Array(1)
  private readonly bits = new Int32Array(this.float.buffer)

  constructor(neighbours: number) {
    this.best = new TopK(neighbours)
    this.rows = new Int32Array(neighbours)
    this.scores = new Float64Array(neighbours)
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
      this.product.push(this.rows[i])
      this.float[0] = this.scores[i]
      this.scoreBits.push(this.bits[0])
      if (counts !== null) this.count.push(counts[this.rows[i]])
    }
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
