import { groupRows, seededRandom, shuffle, TopK, type Csr } from "../data"
import { CoOccurrence } from "./co-occurrence"
import { evidenceOf, frequencyOf } from "./evidence"
import { scoreForYou, type ForYouModel, type Shopper } from "./for-you"
import { ScoreSheet } from "./score-sheet"
import { INTERACTION_KIND, type ForYouChoice, type InteractionColumns } from "./types"

/**
 * The test of a recommender: a shopper with purchases up to `cut`, and the first order they place after it.
 * `targets` are that order's distinct products, `fresh` those among them the shopper had never bought.
 */
export interface NextBasketCase extends Shopper {
  bought: ReadonlySet<number>
  /** In how many orders up to `cut` each product of `bought` was, and how many orders these were. */
  timesOf: ReadonlyMap<number, number>
  orders: number
  /** Distinct products of the last order up to `cut`. */
  lastBasket: Int32Array
  targets: ReadonlySet<number>
  fresh: ReadonlySet<number>
}

/** Per case: how many targets, and how many of them stood among the ten; the same for the fresh ones. */
export interface Hits {
  hits: Int32Array
  targets: Int32Array
  freshHits: Int32Array
  freshTargets: Int32Array
}

const TOP = 10

/** Orders of a product from which its pair counts are kept for the next case. */
const FREQUENT = 50

/** Cost: O(interactions). Of more than `most` shoppers a seeded sample is taken. */
export function nextBasketCases(
  data: InteractionColumns,
  window: { cut: number; until: number },
  options: { most: number; seed: number },
): NextBasketCase[] {
  const { cut, until } = window
  const { offsets, rows } = groupRows(data.subject, data.subjects)
  const nextBasket = new Int32Array(data.subjects).fill(-1)
  const nextAt = new Float64Array(data.subjects)
  const before = new Uint8Array(data.subjects)
  for (let i = 0; i < data.length; i++) {
    if (data.kind[i] !== INTERACTION_KIND.buy || data.basket[i] < 0 || data.at[i] > until) continue
    const s = data.subject[i]
    if (data.at[i] <= cut) before[s] = 1
    else if (nextBasket[s] < 0 || data.at[i] < nextAt[s]) {
      nextBasket[s] = data.basket[i]
      nextAt[s] = data.at[i]
    }
  }
  const able = new Int32Array(data.subjects)
  let count = 0
  for (let s = 0; s < data.subjects; s++) if (before[s] === 1 && nextBasket[s] >= 0) able[count++] = s
  const taken = Math.min(count, options.most)
  const chosen = shuffle(able.subarray(0, count), seededRandom(options.seed), taken).subarray(0, taken)
  const cases: NextBasketCase[] = []
  for (let c = 0; c < taken; c++) {
    const s = chosen[c]
    cases.push(caseOf(data, rows.subarray(offsets[s], offsets[s + 1]), cut, nextBasket[s]))
  }
  return cases
}

function caseOf(data: InteractionColumns, own: Int32Array, cut: number, next: number): NextBasketCase {
  const past = own.filter((row) => data.at[row] <= cut)
  const bought = new Set<number>()
  let last = -1
  let lastAt = -Infinity
  for (const row of past) {
    if (data.kind[row] !== INTERACTION_KIND.buy) continue
    bought.add(data.product[row])
    if (data.basket[row] >= 0 && data.at[row] > lastAt) {
      last = data.basket[row]
      lastAt = data.at[row]
    }
  }
  const products = past.map((row) => data.product[row])
  const kinds = past.map((row) => data.kind[row])
  const at = Float64Array.from(past, (row) => data.at[row])
  const evidence = evidenceOf(products, kinds, at)
  const frequency = frequencyOf(products, kinds, at)
  const lastBasket = Int32Array.from(
    new Set(past.filter((row) => data.basket[row] === last).map((row) => data.product[row])),
  )
  const { timesOf, orders } = ordersOf(data, past)
  const targets = new Set<number>()
  for (const row of own) if (data.basket[row] === next) targets.add(data.product[row])
  const fresh = new Set([...targets].filter((product) => !bought.has(product)))
  const recent = past.sort((a, b) => data.at[a] - data.at[b] || a - b).map((row) => data.product[row])
  return { evidence, recent, frequency, bought, timesOf, orders, lastBasket, targets, fresh }
}

function ordersOf(
  data: InteractionColumns,
  past: Int32Array,
): { timesOf: Map<number, number>; orders: number } {
  const productsOf = new Map<number, Set<number>>()
  for (const row of past) {
    if (data.kind[row] !== INTERACTION_KIND.buy || data.basket[row] < 0) continue
    const products = productsOf.get(data.basket[row])
    if (products === undefined) productsOf.set(data.basket[row], new Set([data.product[row]]))
    else products.add(data.product[row])
  }
  const timesOf = new Map<number, number>()
  for (const products of productsOf.values()) {
    for (const product of products) timesOf.set(product, (timesOf.get(product) ?? 0) + 1)
  }
  return { timesOf, orders: productsOf.size }
}

/** Hits of the learned blend. Cost: cases x evidence x neighbours. */
export function learnedHits(
  cases: readonly NextBasketCase[],
  model: ForYouModel,
  choice: Pick<ForYouChoice, "blend" | "next_item">,
): Hits {
  const sheet = new ScoreSheet(model.repeat.length)
  return countHits(cases, (nextCase, offer) => {
    scoreForYou(model, choice, nextCase, sheet)
    for (let i = 0; i < sheet.length; i++) offer(sheet.touched[i], sheet.score[sheet.touched[i]])
  })
}

/** Hits of showing everyone the products of highest `score`. */
export function popularityHits(cases: readonly NextBasketCase[], score: ArrayLike<number>): Hits {
  const order = mostFirst(score)
  return countHits(cases, (nextCase, offer) => {
    // Ten that the shopper has not bought are among the first (bought + ten).
    const most = Math.min(order.length, nextCase.bought.size + TOP)
    for (let i = 0; i < most; i++) offer(order[i], score[order[i]])
  })
}

/**
 * Hits of the shopper's own frequency blended with popularity: weight x share of their orders that held the
 * product + (1 - weight) x `share`, the product's share of all orders ("GP-TopFreq" in Li, Jullien,
 * Ariannezhad, de Rijke, "A next basket recommendation reality check", 2023; the yardstick that most learned
 * models there do not pass).
 * Cost: cases x (history + 10), and one sort of the products.
 */
export function frequencyHits(
  cases: readonly NextBasketCase[],
  share: ArrayLike<number>,
  weight: number,
): Hits {
  if (!(weight >= 0 && weight <= 1)) {
    throw new RangeError(`next basket: the frequency's weight must be from 0 to 1, got ${weight}`)
  }
  const order = mostFirst(share)
  return countHits(cases, (nextCase, offer) => {
    const { timesOf, orders } = nextCase
    for (const [product, times] of timesOf) {
      offer(product, (weight * times) / orders + (1 - weight) * share[product])
    }
    const most = Math.min(order.length, nextCase.bought.size + TOP)
    for (let i = 0; i < most; i++) {
      if (!timesOf.has(order[i])) offer(order[i], (1 - weight) * share[order[i]])
    }
  })
}

/** Weights that `bestFrequencyWeight` tries. Ends where one of the two only breaks the other's ties. */
const FREQUENCY_WEIGHTS = [0.0001, 0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 0.9999]

/** The weight of `frequencyHits` with the most cases hit; for a window before the one that is measured. */
export function bestFrequencyWeight(cases: readonly NextBasketCase[], share: ArrayLike<number>): number {
  let best = FREQUENCY_WEIGHTS[0]
  let most = -1
  for (const weight of FREQUENCY_WEIGHTS) {
    const { hits } = frequencyHits(cases, share, weight)
    let hit = 0
    for (let c = 0; c < hits.length; c++) if (hits[c] > 0) hit++
    if (hit <= most) continue
    most = hit
    best = weight
  }
  return best
}

/**
 * Hits of plain pair counting: each product scores the number of orders it shares with the products of the
 * last order, summed. Cost: cases x last order x orders of its products; frequent products are counted once.
 */
export function pairHits(cases: readonly NextBasketCase[], baskets: Csr): Hits {
  const pairs = new CoOccurrence(baskets, new Float32Array(baskets.rows).fill(1))
  const known = new Map<number, { rows: Int32Array; counts: Int32Array }>()
  const score = new Int32Array(baskets.columnCount)
  const named = new Int32Array(baskets.columnCount)
  return countHits(cases, (nextCase, offer) => {
    let used = 0
    for (const product of nextCase.lastBasket) {
      let pair = known.get(product)
      if (pair === undefined) {
        const rows = pairs.touched.slice(0, pairs.collect(product))
        pair = { rows, counts: rows.map((row) => pairs.counts[row]) }
        if (pairs.ownCounts[product] >= FREQUENT) known.set(product, pair)
      }
      for (let i = 0; i < pair.rows.length; i++) {
        const row = pair.rows[i]
        if (score[row] === 0) named[used++] = row
        score[row] += pair.counts[i]
      }
    }
    for (let i = 0; i < used; i++) {
      offer(named[i], score[named[i]])
      score[named[i]] = 0
    }
  })
}

function mostFirst(score: ArrayLike<number>): Int32Array {
  const order = new Int32Array(score.length).map((_, product) => product)
  return order.sort((a, b) => score[b] - score[a] || a - b)
}

function countHits(
  cases: readonly NextBasketCase[],
  rank: (nextCase: NextBasketCase, offer: (row: number, score: number) => void) => void,
): Hits {
  const all = new TopK(TOP)
  const unseen = new TopK(TOP)
  const rows = new Int32Array(TOP)
  const scores = new Float64Array(TOP)
  const out: Hits = {
    hits: new Int32Array(cases.length),
    targets: new Int32Array(cases.length),
    freshHits: new Int32Array(cases.length),
    freshTargets: new Int32Array(cases.length),
  }
  for (let c = 0; c < cases.length; c++) {
    const nextCase = cases[c]
    rank(nextCase, (row, score) => {
      all.offer(row, score)
      if (!nextCase.bought.has(row)) unseen.offer(row, score)
    })
    out.targets[c] = nextCase.targets.size
    out.freshTargets[c] = nextCase.fresh.size
    const shown = all.drain(rows, scores)
    for (let i = 0; i < shown; i++) if (nextCase.targets.has(rows[i])) out.hits[c]++
    const fresh = unseen.drain(rows, scores)
    for (let i = 0; i < fresh; i++) if (nextCase.fresh.has(rows[i])) out.freshHits[c]++
  }
  return out
}
