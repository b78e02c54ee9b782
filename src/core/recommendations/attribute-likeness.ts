import { transpose, type Csr } from "../data"
import type { Evidence } from "./evidence"

/** An attribute that a greater share of the products has tells nothing apart, and would cost the most. */
const MOST_COMMON = 0.135

/** Holders read for one answer, the latest evidence's attributes first: bounds its time whatever the catalogue's size. */
const MOST_HOLDERS = 30_000

/** Version 1. Products x attributes and its transpose; rows have length 1, so that a dot product is a cosine. */
export interface AttributeIndex {
  version: 1
  products: number
  /** products + 1 */
  offsets: Int32Array
  attribute: Int32Array
  weight: Float32Array
  /** attributes + 1 */
  holder_offsets: Int32Array
  holder: Int32Array
  holder_weight: Float32Array
}

/**
 * Weighs the attributes of each product (rows of `attributes`; brand, categories, ...) by inverse document frequency
 * (Salton and Buckley 1988), length 1. Weights above 0 count as given, times the idf.
 * Cost and memory: O(entries), 16 bytes each.
 */
export function fitAttributes(attributes: Csr): AttributeIndex {
  const { rows: products, columnCount } = attributes
  const held = new Int32Array(columnCount)
  for (let i = 0; i < attributes.columns.length; i++) held[attributes.columns[i]]++
  const offsets = new Int32Array(products + 1)
  const columns = new Int32Array(attributes.columns.length)
  const weights = new Float32Array(attributes.columns.length)
  let used = 0
  for (let p = 0; p < products; p++) {
    let squares = 0
    for (let i = attributes.offsets[p]; i < attributes.offsets[p + 1]; i++) {
      const attribute = attributes.columns[i]
      if (held[attribute] > MOST_COMMON * products) continue
      const weight = attributes.weights[i] * Math.log(products / held[attribute])
      if (!(weight > 0)) continue
      columns[used] = attribute
      weights[used++] = weight
      squares += weight * weight
    }
    for (let i = offsets[p]; i < used; i++) weights[i] /= Math.sqrt(squares)
    offsets[p + 1] = used
  }
  const kept = columns.slice(0, used)
  const keptWeights = weights.slice(0, used)
  const holders = transpose({ rows: products, columnCount, offsets, columns: kept, weights: keptWeights })
  return {
    version: 1,
    products,
    offsets,
    attribute: kept,
    weight: keptWeights,
    holder_offsets: holders.offsets,
    holder: holders.columns,
    holder_weight: holders.weights,
  }
}

/**
 * How alike every product is to the evidence: score(b) = sum over a of w_a cos(a, b), 0 to 1.
 * Cost: the holders of the evidence's attributes, 30,000 at most. Memory: 12 bytes a product and 8 an attribute, kept between calls.
 */
export class LikenessScorer {
  readonly score: Float64Array
  readonly touched: Int32Array
  length = 0
  private readonly profile: Float64Array
  private readonly attributes: Int32Array

  constructor(private readonly index: AttributeIndex) {
    this.score = new Float64Array(index.products)
    this.touched = new Int32Array(index.products)
    this.profile = new Float64Array(index.holder_offsets.length - 1)
    this.attributes = new Int32Array(index.holder_offsets.length - 1)
  }

  run(evidence: Evidence): void {
    const { score, touched, profile, attributes } = this
    const {
      offsets,
      attribute,
      weight,
      holder_offsets: holderOffsets,
      holder,
      holder_weight: holds,
    } = this.index
    for (let i = 0; i < this.length; i++) score[touched[i]] = 0
    this.length = 0
    let named = 0
    // The profile first: an attribute that several of the products share is then walked once.
    for (let e = 0; e < evidence.length; e++) {
      const row = evidence.rows[e]
      for (let i = offsets[row]; i < offsets[row + 1]; i++) {
        if (profile[attribute[i]] === 0) attributes[named++] = attribute[i]
        profile[attribute[i]] += evidence.weights[e] * weight[i]
      }
    }
    let left = MOST_HOLDERS
    for (let n = 0; n < named; n++) {
      const own = profile[attributes[n]]
      profile[attributes[n]] = 0
      const holders = holderOffsets[attributes[n] + 1] - holderOffsets[attributes[n]]
      if (holders > left) continue
      left -= holders
      for (let i = holderOffsets[attributes[n]]; i < holderOffsets[attributes[n] + 1]; i++) {
        const row = holder[i]
        if (score[row] === 0) touched[this.length++] = row
        score[row] += own * holds[i]
      }
    }
  }
}
