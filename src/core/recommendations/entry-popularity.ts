import { groupRows, Int32Column, TopK, type Csr } from "../data"
import { INTERACTION_KIND, type InteractionColumns } from "./types"

const DAY = 86_400_000

/** Products kept for each group. */
const TOP = 200

export interface GroupPopularityOptions {
  /** Unix ms. */
  until: number
  half_life_days: number
  /** Buyers' worth of the whole store mixed into each group. */
  prior: number
}

/** Best sellers of each group in CSR form, best first. */
export interface GroupPopularity {
  /** groups + 1 */
  offsets: Int32Array
  product: Int32Array
  /** The product's share of the group's purchases, shrunk to its share of the store's. */
  score: Float32Array
}

/**
 * Best sellers for a shopper of whom only a group is known: country, sales channel.
 *
 * `group` holds a row of the group's table for each interaction, -1 unknown. share(g, p) = (n_gp + prior
 * share(p)) / (n_g + prior), where n counts purchases, each halving in worth every half-life, one shopper
 * once per product and group at the latest, and share(p) the same over the whole store: a
 * Dirichlet-multinomial estimate (Agresti and Hitchcock 2005), so a country of two orders gets the store's
 * list and one of thousands its own. Up to 200 a group.
 *
 * Cost: O(interactions + groups x 200 log 200). Memory: 12 bytes an interaction, 16 a product, 8 a kept
 * entry.
 */
export function groupPopularity(
  data: InteractionColumns,
  products: number,
  group: Int32Array,
  groups: number,
  options: GroupPopularityOptions,
): GroupPopularity {
  if (group.length !== data.length) {
    throw new RangeError(
      `group popularity: group must have one entry an interaction (${data.length}), got ${group.length}`,
    )
  }
  const { rows } = groupRows(data.subject, data.subjects)
  const groupOf = rows.map((row) => group[row])
  return ranked(data, products, rows, groupOf, groups, options)
}

/**
 * The same by category of entry: what shoppers bought whose first visit or purchase was of a product of the
 * category. `categoriesOf` has a row a product and a column a category; a product of several categories opens
 * each.
 */
export function entryCategoryPopularity(
  data: InteractionColumns,
  categoriesOf: Csr,
  options: GroupPopularityOptions,
): GroupPopularity {
  const { offsets, rows } = groupRows(data.subject, data.subjects)
  const rowColumn = new Int32Column()
  const groupColumn = new Int32Column()
  for (let s = 0; s < data.subjects; s++) {
    let entry = -1
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      if (entry < 0 || data.at[rows[i]] < data.at[entry]) entry = rows[i]
    }
    if (entry < 0) continue
    const from = categoriesOf.offsets[data.product[entry]]
    const to = categoriesOf.offsets[data.product[entry] + 1]
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      if (data.kind[rows[i]] !== INTERACTION_KIND.buy) continue
      for (let c = from; c < Math.max(to, from + 1); c++) {
        rowColumn.push(rows[i])
        groupColumn.push(c < to ? categoriesOf.columns[c] : -1)
      }
    }
  }
  return ranked(
    data,
    categoriesOf.rows,
    rowColumn.finish(),
    groupColumn.finish(),
    categoriesOf.columnCount,
    options,
  )
}

/** `rows[i]` counts for `groupOf[i]`; a shopper's rows must stand together. */
function ranked(
  data: InteractionColumns,
  products: number,
  rows: Int32Array,
  groupOf: Int32Array,
  groups: number,
  options: GroupPopularityOptions,
): GroupPopularity {
  const { until, half_life_days, prior } = options
  if (!(half_life_days > 0)) {
    throw new RangeError(`group popularity: half_life_days must be above 0, got ${half_life_days}`)
  }
  if (!(prior >= 0)) throw new RangeError(`group popularity: prior must be 0 or more, got ${prior}`)
  const worth = new Worth(data, products, until, half_life_days)
  const share = new Float64Array(products)
  const everywhere = worth.collect(rows, 0, rows.length, null)
  for (let i = 0; i < worth.used; i++) share[worth.touched[i]] = worth.of[worth.touched[i]] / everywhere
  const best = new TopK(TOP)
  for (let i = 0; i < worth.used; i++) best.offer(worth.touched[i], share[worth.touched[i]])
  const topRows = new Int32Array(TOP)
  const topScores = new Float64Array(TOP)
  const storeTop = topRows.slice(0, best.drain(topRows, topScores))

  const { offsets: starts, rows: places } = groupRows(groupOf, groups)
  const offsets = new Int32Array(groups + 1)
  const product = new Int32Array(groups * TOP)
  const score = new Float32Array(groups * TOP)
  let used = 0
  for (let g = 0; g < groups; g++) {
    const all = worth.collect(rows, starts[g], starts[g + 1], places)
    for (let i = 0; i < worth.used; i++) {
      const p = worth.touched[i]
      best.offer(p, (worth.of[p] + prior * share[p]) / (all + prior))
    }
    for (let i = 0; i < storeTop.length; i++) {
      const p = storeTop[i]
      if (worth.of[p] === 0 && prior > 0) best.offer(p, (prior * share[p]) / (all + prior))
    }
    const kept = best.drain(topRows, topScores)
    for (let i = 0; i < kept; i++) {
      product[used] = topRows[i]
      score[used++] = topScores[i]
    }
    offsets[g + 1] = used
  }
  return { offsets, product: product.slice(0, used), score: score.slice(0, used) }
}

/** Decayed purchases of each product over some rows, one shopper once per product. */
class Worth {
  readonly of: Float64Array
  readonly touched: Int32Array
  used = 0
  private readonly latest: Float64Array
  private readonly own: Int32Array
  private readonly rate: number

  constructor(
    private readonly data: InteractionColumns,
    products: number,
    private readonly until: number,
    halfLifeDays: number,
  ) {
    this.of = new Float64Array(products)
    this.touched = new Int32Array(products)
    this.latest = new Float64Array(products).fill(-Infinity)
    this.own = new Int32Array(products)
    this.rate = -Math.LN2 / (halfLifeDays * DAY)
  }

  /** Over rows[places[i]] (rows[i] without places) for i in [from, to); returns the sum. */
  collect(rows: Int32Array, from: number, to: number, places: Int32Array | null): number {
    const { data, of, touched, latest, own, until } = this
    for (let i = 0; i < this.used; i++) of[touched[i]] = 0
    this.used = 0
    let all = 0
    let mine = 0
    for (let i = from; i <= to; i++) {
      const row = i < to ? rows[places === null ? i : places[i]] : -1
      const before = i > from ? rows[places === null ? i - 1 : places[i - 1]] : row
      if (row < 0 || data.subject[row] !== data.subject[before]) {
        for (let k = 0; k < mine; k++) {
          const p = own[k]
          const worth = Math.max(Math.exp(this.rate * (until - latest[p])), 1e-12)
          if (of[p] === 0) touched[this.used++] = p
          of[p] += worth
          all += worth
          latest[p] = -Infinity
        }
        mine = 0
      }
      if (row < 0 || data.kind[row] !== INTERACTION_KIND.buy || data.at[row] > until) continue
      const p = data.product[row]
      if (latest[p] === -Infinity) own[mine++] = p
      if (data.at[row] > latest[p]) latest[p] = data.at[row]
    }
    return all
  }
}
