import { seededRandom, transpose, type Csr } from "../data"
import { gram, kernels, type Kernels } from "../math"

export interface AlsOptions {
  /** Length of each vector, a multiple of 4. */
  factors: number
  /** L2 penalty of a row without entries; see `scaling`. */
  regularisation: number
  /** Confidence of an entry of weight w is 1 + alpha w; that of what was not chosen is 1. */
  alpha: number
  /** Both sides are solved for once an epoch. */
  epochs: number
  /** Steps of conjugate gradient a row and epoch; 3 is close to solving exactly, as the next epoch starts from there. */
  cg_steps: number
  seed: number
  /**
   * The penalty grows with the confidence of a row's entries: regularisation x ((alpha sum w + columns) / columns)^scaling
   * (Rendle et al. 2022, equation 14). 0 is the constant penalty of 2008. Default 1.
   */
  scaling?: number
  kernels?: Kernels
}

export interface AlsModel {
  factors: number
  /** products x factors. */
  items: Float32Array
  /** items^T items, factors x factors. */
  gram: Float32Array
  /** What a shopper's vector is solved with. */
  regularisation: number
  alpha: number
  scaling: number
}

/**
 * Matrix factorisation of implicit feedback (Hu, Koren and Volinsky 2008): minimises sum over all shoppers and products of
 * c_ui (p_ui - x_u . y_i)^2 + penalties, p = 1 and c = 1 + alpha w where the shopper chose the product, else 0 and 1. Rows
 * are solved for in turns by a few steps of conjugate gradient from where they stood (Takács, Pilászy and Tikk 2011).
 *
 * Cost an epoch: (cg_steps + 1) x (4 factors x entries + 2 factors^2 x (shoppers + products)) x 2 operations. Memory while
 * it runs: 4 factors x (shoppers + products) and 16 bytes an entry, in one arena.
 */
export function fitAls(shoppers: Csr, options: AlsOptions): AlsModel {
  const { factors, regularisation, alpha, epochs, cg_steps: steps, scaling = 1 } = options
  if (!(regularisation > 0))
    throw new RangeError(`ALS: regularisation must be above 0, got ${regularisation}`)
  if (!(alpha > 0)) throw new RangeError(`ALS: alpha must be above 0, got ${alpha}`)
  const byProduct = transpose(shoppers)
  const people = shoppers.rows
  const products = shoppers.columnCount
  const entries = shoppers.columns.length

  let used = 0
  const take = (floats: number): number => (used += floats) - floats
  const places = {
    people: take(people * factors),
    products: take(products * factors),
    gram: take(factors * factors),
    byPerson: { offsets: take(people + 1), columns: take(entries), weights: take(entries) },
    byProduct: { offsets: take(products + 1), columns: take(entries), weights: take(entries) },
    personPenalties: take(people),
    productPenalties: take(products),
  }
  const arena = (options.kernels ?? kernels()).arena(used)
  const { floats, integers } = arena
  for (const [csr, place, penalties] of [
    [shoppers, places.byPerson, places.personPenalties],
    [byProduct, places.byProduct, places.productPenalties],
  ] as const) {
    integers.set(csr.offsets, place.offsets)
    integers.set(csr.columns, place.columns)
    for (let e = 0; e < entries; e++) floats[place.weights + e] = alpha * csr.weights[e]
    for (let r = 0; r < csr.rows; r++) {
      let sum = 0
      for (let e = csr.offsets[r]; e < csr.offsets[r + 1]; e++) sum += csr.weights[e]
      floats[penalties + r] = penalty({ regularisation, alpha, scaling }, sum, csr.columnCount)
    }
  }
  const random = seededRandom(options.seed)
  const spread = 0.2 / Math.sqrt(factors)
  for (let i = 0; i < products * factors; i++) {
    floats[places.products + i] = spread * (random.next() - 0.5)
  }

  const gramOf = (from: number, rows: number): void => {
    floats.fill(0, places.gram, places.gram + factors * factors)
    gram(arena, from, rows, factors, places.gram)
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    gramOf(places.products, products)
    arena.conjugateSweep({
      ...{ own: places.people, other: places.products, gram: places.gram, ...places.byPerson },
      ...{ penalties: places.personPenalties, rows: people, factors, steps },
    })
    gramOf(places.people, people)
    arena.conjugateSweep({
      ...{ own: places.products, other: places.people, gram: places.gram, ...places.byProduct },
      ...{ penalties: places.productPenalties, rows: products, factors, steps },
    })
  }
  gramOf(places.products, products)
  return {
    ...{ factors, regularisation, alpha, scaling },
    items: floats.slice(places.products, places.products + products * factors),
    gram: floats.slice(places.gram, places.gram + factors * factors),
  }
}

/**
 * The vector of a shopper who did this and nothing else, as the model stands: what they did last counts at once. `rows`
 * are products, `weights` as in training. Solved by conjugate gradient in double precision until it moves no more.
 * Cost: factors steps at most, each factors^2 + 2 factors x rows operations.
 */
export function foldIn(model: AlsModel, rows: ArrayLike<number>, weights: ArrayLike<number>): Float32Array {
  const { factors, items, alpha } = model
  const x = new Float64Array(factors)
  const residual = new Float64Array(factors)
  let sum = 0
  for (let e = 0; e < rows.length; e++) {
    sum += weights[e]
    const confidence = 1 + alpha * weights[e]
    const q = rows[e] * factors
    for (let i = 0; i < factors; i++) residual[i] += confidence * items[q + i]
  }
  const ridge = penalty(model, sum, items.length / factors)
  const direction = residual.slice()
  const image = new Float64Array(factors)
  let size = squaredLength(residual)
  const enough = size * 1e-12
  for (let step = 0; step < factors && size > enough; step++) {
    for (let i = 0; i < factors; i++) {
      let value = ridge * direction[i]
      const row = i * factors
      for (let j = 0; j < factors; j++) value += model.gram[row + j] * direction[j]
      image[i] = value
    }
    for (let e = 0; e < rows.length; e++) {
      const q = rows[e] * factors
      let along = 0
      for (let i = 0; i < factors; i++) along += items[q + i] * direction[i]
      along *= alpha * weights[e]
      for (let i = 0; i < factors; i++) image[i] += along * items[q + i]
    }
    let curvature = 0
    for (let i = 0; i < factors; i++) curvature += direction[i] * image[i]
    const length = size / curvature
    for (let i = 0; i < factors; i++) {
      x[i] += length * direction[i]
      residual[i] -= length * image[i]
    }
    const before = size
    size = squaredLength(residual)
    for (let i = 0; i < factors; i++) direction[i] = residual[i] + (size / before) * direction[i]
  }
  return Float32Array.from(x)
}

/**
 * Scores every product for a shopper's vector: one dot product a product. The items are copied once into the kernels'
 * memory; the result is overwritten by the next call.
 */
export function alsScorer(model: AlsModel, by: Kernels = kernels()): (vector: Float32Array) => Float32Array {
  const { factors, items } = model
  const products = items.length / factors
  const arena = by.arena(factors + items.length + products)
  arena.floats.set(items, factors)
  const out = factors + items.length
  const scores = arena.floats.subarray(out)
  return (vector) => {
    arena.floats.set(vector)
    arena.dotScan(0, factors, products, factors, out)
    return scores
  }
}

function penalty(
  { regularisation, alpha, scaling }: Pick<AlsModel, "regularisation" | "alpha" | "scaling">,
  weight: number,
  columns: number,
): number {
  return regularisation * Math.exp(scaling * Math.log((alpha * weight + columns) / columns))
}

function squaredLength(x: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i]
  return sum
}
