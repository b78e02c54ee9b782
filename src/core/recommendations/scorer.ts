import type { Blend, Neighbours, RecommendationModel } from "./types"

/** Products from the head of the popular list that join every blend. */
const POPULAR_HEAD = 200

/** Which strategy gave a product the greatest part of its score. */
export const STRATEGY = { none: 0, together: 1, item_to_item: 2, similar: 3, popular: 4, repeat: 5 } as const

/** What scoring reads of a model; training scores with half-made ones. */
export type ScoringModel = Pick<
  RecommendationModel,
  "together" | "item_to_item" | "similar" | "popular" | "repeat"
>

/** Products that speak for what the shopper wants now, with weights that sum to 1 (or none at all). */
export interface Evidence {
  length: number
  rows: Int32Array
  weights: Float32Array
}

/**
 * Scores products against evidence:
 * score(b) = sum over evidence a of w_a (together(a, b) x blend + item_to_item(a, b) x blend + similar(a, b) x blend)
 *            + popular(b) x blend + w_b x repeat(b) x blend.
 * Only products that some part names are touched, so the cost is evidence x neighbours, whatever the catalogue's size.
 * Memory: 21 bytes a product, kept between calls; a call invalidates the result of the one before.
 */
export class Scorer {
  readonly score: Float64Array
  /** Rows that have a score, `length` of them, in no order. */
  readonly touched: Int32Array
  length = 0
  /** Strategy, evidence product and list position behind the greatest part. */
  readonly strategy: Uint8Array
  readonly because: Int32Array
  readonly position: Int32Array
  private readonly greatest: Float32Array

  constructor(private readonly model: ScoringModel) {
    const products = model.repeat.length
    this.score = new Float64Array(products)
    this.touched = new Int32Array(products)
    this.strategy = new Uint8Array(products)
    this.because = new Int32Array(products)
    this.position = new Int32Array(products)
    this.greatest = new Float32Array(products)
  }

  run(evidence: Evidence, blend: Blend): void {
    this.clear()
    const { together, item_to_item, similar, popular, repeat } = this.model
    for (let i = 0; i < evidence.length; i++) {
      const row = evidence.rows[i]
      const weight = evidence.weights[i]
      this.addNeighbours(together, row, weight * blend.together, STRATEGY.together)
      this.addNeighbours(item_to_item, row, weight * blend.item_to_item, STRATEGY.item_to_item)
      this.addNeighbours(similar, row, weight * blend.similar, STRATEGY.similar)
      const again = weight * blend.repeat * repeat[row]
      if (again > 0) this.add(row, again, STRATEGY.repeat, row, 0)
    }
    if (blend.popular <= 0) return
    const head = Math.min(POPULAR_HEAD, popular.order.length)
    for (let i = 0; i < head; i++) {
      const row = popular.order[i]
      const part = popular.score[row] * blend.popular
      if (part > 0) this.add(row, part, STRATEGY.popular, row, i)
    }
  }

  private addNeighbours(list: Neighbours, row: number, factor: number, strategy: number): void {
    if (factor <= 0) return
    const end = list.offsets[row + 1]
    for (let i = list.offsets[row]; i < end; i++) {
      this.add(list.product[i], list.score[i] * factor, strategy, row, i)
    }
  }

  private add(row: number, part: number, strategy: number, because: number, position: number): void {
    if (this.score[row] === 0) this.touched[this.length++] = row
    this.score[row] += part
    // A product's own past is no reason to tell beside what ties it to others, so any other part overrides it.
    if (strategy === STRATEGY.repeat && this.strategy[row] !== STRATEGY.none) return
    if (part <= this.greatest[row] && this.strategy[row] !== STRATEGY.repeat) return
    this.greatest[row] = part
    this.strategy[row] = strategy
    this.because[row] = because
    this.position[row] = position
  }

  private clear(): void {
    for (let i = 0; i < this.length; i++) {
      const row = this.touched[i]
      this.score[row] = 0
      this.greatest[row] = 0
      this.strategy[row] = STRATEGY.none
    }
    this.length = 0
  }
}
