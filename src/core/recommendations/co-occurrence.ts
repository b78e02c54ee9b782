import { transpose, type Csr } from "../data"

/**
 * For one product at a time, every product that shares a unit (an order, a shopper) with it: in how many
 * units (`counts`) and with which weight (`sums`: unit weight x weight of the one x weight of the other).
 * Cost of all products together: the sum over units of size squared, so linear in data whose units do not grow.
 * Memory: 20 bytes a product, and the transposed matrix.
 */
export class CoOccurrence {
  /** Valid for the products in `touched` after `collect`. */
  readonly sums: Float64Array
  readonly counts: Int32Array
  readonly touched: Int32Array
  /** Units that hold each product, and their weight: the diagonal of the two above. */
  readonly ownCounts: Int32Array
  readonly ownSums: Float64Array
  private readonly byProduct: Csr
  private used = 0

  constructor(
    private readonly units: Csr,
    private readonly unitWeights: Float32Array,
  ) {
    const products = units.columnCount
    this.byProduct = transpose(units)
    this.sums = new Float64Array(products)
    this.counts = new Int32Array(products)
    this.touched = new Int32Array(products)
    this.ownCounts = new Int32Array(products)
    this.ownSums = new Float64Array(products)
    for (let u = 0; u < units.rows; u++) {
      for (let i = units.offsets[u]; i < units.offsets[u + 1]; i++) {
        this.ownCounts[units.columns[i]]++
        this.ownSums[units.columns[i]] += unitWeights[u] * units.weights[i] * units.weights[i]
      }
    }
  }

  /** Fills the arrays for `product` and returns how many of `touched` count; the product itself is not among them. */
  collect(product: number): number {
    const { sums, counts, touched, unitWeights } = this
    const { offsets, columns, weights } = this.units
    const own = this.byProduct
    for (let i = 0; i < this.used; i++) {
      sums[touched[i]] = 0
      counts[touched[i]] = 0
    }
    let used = 0
    for (let k = own.offsets[product]; k < own.offsets[product + 1]; k++) {
      const unit = own.columns[k]
      const weight = own.weights[k] * unitWeights[unit]
      const end = offsets[unit + 1]
      for (let i = offsets[unit]; i < end; i++) {
        const other = columns[i]
        if (counts[other]++ === 0) touched[used++] = other
        sums[other] += weight * weights[i]
      }
    }
    // The product meets itself in each of its units.
    for (let i = 0; i < used; i++) {
      if (touched[i] !== product) continue
      touched[i] = touched[used - 1]
      touched[used - 1] = product
      break
    }
    this.used = used
    return used === 0 ? 0 : used - 1
  }
}
