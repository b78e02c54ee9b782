import { groupRows, seededRandom, shuffle, TopK, type Csr } from "../data"
import { CoOccurrence } from "./co-occurrence"
import { evidenceOf } from "./evidence"
import { Scorer, type Evidence, type ScoringModel } from "./scorer"
import { INTERACTION_KIND, type Blend, type InteractionColumns } from "./types"

/**
 * The test of a recommender: a shopper with purchases up to `cut`, and the first order they place after it.
 * `targets` are that order's distinct products, `fresh` those among them the shopper had never bought.
 */
export interface NextBasketCase {
  evidence: Evidence
  bought: ReadonlySet<number>
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
  const evidence = evidenceOf(
    products,
    kinds,
    Float64Array.from(past, (row) => data.at[row]),
  )
  const lastBasket = Int32Array.from(
    new Set(past.filter((row) => data.basket[row] === last).map((row) => data.product[row])),
  )
  const targets = new Set<number>()
  for (const row of own) if (data.basket[row] === next) targets.add(data.product[row])
  const fresh = new Set([...targets].filter((product) => !bought.has(product)))
  return { evidence, bought, lastBasket, targets, fresh }
}

/** Hits of the learned blend. Cost: cases x evidence x neighbours. */
export function learnedHits(cases: readonly NextBasketCase[], model: ScoringModel, blend: Blend): Hits {
  const scorer = new Scorer(model)
  return countHits(cases, (nextCase, offer) => {
    scorer.run(nextCase.evidence, blend)
    for (let i = 0; i < scorer.length; i++) offer(scorer.touched[i], scorer.score[scorer.touched[i]])
  })
}

/** Hits of showing everyone the products of highest `score`. */
export function popularityHits(cases: readonly NextBasketCase[], score: ArrayLike<number>): Hits {
  const order = new Int32Array(score.length).map((_, product) => product)
  order.sort((a, b) => score[b] - score[a] || a - b)
  return countHits(cases, (nextCase, offer) => {
    // Ten that the shopper has not bought are among the first (bought + ten).
    const most = Math.min(order.length, nextCase.bought.size + TOP)
    for (let i = 0; i < most; i++) offer(order[i], score[order[i]])
  })
}

/**
 * Hits of plain pair counting: each product scores the number of orders it shares with the products of the last
 * order, summed. Cost: cases x last order x orders of its products; frequent products are counted once.
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
