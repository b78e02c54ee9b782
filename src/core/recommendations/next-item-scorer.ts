import { LikenessScorer, type AttributeIndex } from "./attribute-likeness"
import { recentEvidence } from "./next-item"
import type { Neighbours } from "./types"

/** How a history is read, and how much attributes say beside it. */
export interface NextItemBlend {
  /** An entry at lag l weighs e^(-l / decay); the same for what it says by its attributes. */
  decay: number
  likeness_decay: number
  /** A product as alike as can be has its score times 1 + lift, plus `add`. */
  lift: number
  add: number
}

/** Chosen with `NEXT_ITEM_DEFAULTS`. */
export const NEXT_ITEM_BLEND: NextItemBlend = { decay: 2, likeness_decay: 2, lift: 1, add: 0.2 }

/**
 * Scores the next item of a history by what came next in others' and by attributes:
 * score(b) = next(b) (1 + lift x like(b)) + add x like(b), next(b) = sum over recent a of w_a list(a, b), like(b) the
 * `LikenessScorer`'s. Products nobody has bought yet come in by their attributes alone.
 * Cost: recent entries x neighbours + the likeness's. Memory: 12 bytes a product (24 with attributes), kept between calls.
 */
export class NextItemScorer {
  readonly score: Float64Array
  /** Rows that have a score, `length` of them, in no order. */
  readonly touched: Int32Array
  length = 0
  private readonly likeness: LikenessScorer | null

  constructor(
    private readonly list: Neighbours,
    attributes: AttributeIndex | null,
  ) {
    const products = list.offsets.length - 1
    if (attributes !== null && attributes.products !== products) {
      throw new RangeError(`next item: attributes of ${attributes.products} products, lists of ${products}`)
    }
    this.score = new Float64Array(products)
    this.touched = new Int32Array(products)
    this.likeness = attributes === null ? null : new LikenessScorer(attributes)
  }

  /** `history`: product rows, oldest first. Products of the history are scored like any other. */
  run(history: ArrayLike<number>, blend: NextItemBlend = NEXT_ITEM_BLEND): void {
    const { score, touched, likeness } = this
    const { offsets, product, score: near } = this.list
    for (let i = 0; i < this.length; i++) score[touched[i]] = 0
    this.length = 0
    const evidence = recentEvidence(history, blend.decay)
    for (let e = 0; e < evidence.length; e++) {
      const row = evidence.rows[e]
      for (let i = offsets[row]; i < offsets[row + 1]; i++) {
        if (score[product[i]] === 0) touched[this.length++] = product[i]
        score[product[i]] += evidence.weights[e] * near[i]
      }
    }
    if (likeness === null || (blend.lift === 0 && blend.add === 0)) return
    likeness.run(recentEvidence(history, blend.likeness_decay))
    for (let i = 0; i < this.length; i++) score[touched[i]] *= 1 + blend.lift * likeness.score[touched[i]]
    if (blend.add === 0) return
    for (let i = 0; i < likeness.length; i++) {
      const row = likeness.touched[i]
      if (score[row] === 0) touched[this.length++] = row
      score[row] += blend.add * likeness.score[row]
    }
  }
}
