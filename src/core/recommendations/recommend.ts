import { rowOf, stringAt, TopK } from "../data"
import { equalEvidence, evidenceOf } from "./evidence"
import { Scorer, STRATEGY, type Evidence } from "./scorer"
import { TERMS_PER_PRODUCT } from "./similar"
import {
  INTERACTION_KIND,
  type Blend,
  type HistoryEntry,
  type Neighbours,
  type Reason,
  type RecommendationModel,
  type RecommendationRequest,
  type ScoredProduct,
} from "./types"

/**
 * Beside a product or a cart: first what one order holds, then what the same shoppers choose, then what is alike. Alike
 * and popular are kept so small that they rank only what the first two leave open.
 */
const BESIDE: Blend = { together: 2, item_to_item: 1, similar: 0.02, popular: 0.001, repeat: 0 }

/** Share of the shopper's own past in what stands beside a product or a cart. */
const PAST_BESIDE = 0.15

/** At home the learned blend, with likeness for what nobody has bought yet. */
const SIMILAR_AT_HOME = 0.02

/** Words told as a reason. */
const TERMS_TOLD = 3

/** Scratch memory of each model in use: 22 bytes a product. */
const scratch = new WeakMap<RecommendationModel, { scorer: Scorer; excluded: Uint8Array }>()

/**
 * The best products for a placement, best first, each with the strongest reason and its counts. Every product that is
 * not excluded comes at some offset: scored ones, then popular ones, then the newest. The same request gives the
 * same answer, so `offset` continues it.
 * No model (nothing learned yet): no products.
 * Cost: evidence (at most 200 products) x neighbours, plus limit x log; independent of the catalogue's size.
 */
export function recommend(
  model: RecommendationModel | null,
  request: RecommendationRequest,
): ScoredProduct[] {
  const { placement, limit, offset = 0 } = request
  if (!(Number.isInteger(limit) && limit >= 0)) {
    throw new RangeError(`recommend: limit must be a whole number >= 0, got ${limit}`)
  }
  if (!(Number.isInteger(offset) && offset >= 0)) {
    throw new RangeError(`recommend: offset must be a whole number >= 0, got ${offset}`)
  }
  if (model === null) return []
  let memory = scratch.get(model)
  if (memory === undefined) {
    memory = { scorer: new Scorer(model), excluded: new Uint8Array(model.ids.length) }
    scratch.set(model, memory)
  }
  const { scorer, excluded } = memory
  const seeds = rowsOf(model, request.seeds)
  const history = (request.history ?? []).filter((entry) => entry.at <= request.now)
  const leftOut = [...seeds, ...rowsOf(model, request.exclude ?? [])]
  if (!(request.repeats ?? placement === "home")) {
    leftOut.push(...rowsOf(model, history.filter((entry) => entry.kind === INTERACTION_KIND.buy).map(idOf)))
  }
  for (const row of leftOut) excluded[row] = 1

  const beside = placement !== "home" && seeds.length > 0
  const blend = beside ? BESIDE : { ...model.blend, similar: SIMILAR_AT_HOME }
  scorer.run(evidenceFor(model, beside ? seeds : [], history), blend)
  const best = new TopK(Math.min(offset + limit, scorer.length))
  for (let i = 0; i < scorer.length; i++) {
    const row = scorer.touched[i]
    if (excluded[row] === 0) best.offer(row, scorer.score[row])
  }
  const rows = new Int32Array(offset + limit)
  const scores = new Float64Array(offset + limit)
  const scored = best.drain(rows, scores)
  const total = addPopular(model, scorer, excluded, { rows, scores, scored })
  for (const row of leftOut) excluded[row] = 0

  const answer: ScoredProduct[] = []
  for (let i = offset; i < total; i++) {
    const reason = i < scored ? reasonOf(model, scorer, rows[i], history) : popularReason(model, rows[i])
    answer.push({ product_id: stringAt(model.ids, rows[i]), score: scores[i], reason })
  }
  return answer
}

function idOf(entry: HistoryEntry): string {
  return entry.product_id
}

function rowsOf(model: RecommendationModel, ids: readonly string[]): number[] {
  const rows: number[] = []
  for (const id of ids) {
    const row = rowOf(model.ids, id)
    if (row >= 0) rows.push(row)
  }
  return rows
}

function evidenceFor(
  model: RecommendationModel,
  seeds: number[],
  history: readonly HistoryEntry[],
): Evidence {
  const rows: number[] = []
  const kinds: number[] = []
  const at: number[] = []
  for (const entry of history) {
    const row = rowOf(model.ids, entry.product_id)
    if (row < 0) continue
    rows.push(row)
    kinds.push(entry.kind)
    at.push(entry.at)
  }
  const past = evidenceOf(rows, kinds, at)
  if (seeds.length === 0) return past
  const now = equalEvidence(seeds)
  if (past.length === 0) return now
  return {
    length: now.length + past.length,
    rows: Int32Array.from([...now.rows, ...past.rows]),
    weights: Float32Array.from([
      ...now.weights.map((weight) => weight * (1 - PAST_BESIDE)),
      ...past.weights.map((weight) => weight * PAST_BESIDE),
    ]),
  }
}

/** Fills up `rows` behind the scored ones from the popular list; returns how many there are now. */
function addPopular(
  model: RecommendationModel,
  scorer: Scorer,
  excluded: Uint8Array,
  out: { rows: Int32Array; scores: Float64Array; scored: number },
): number {
  const { order, score } = model.popular
  let used = out.scored
  let bound = used > 0 ? out.scores[used - 1] : 1
  for (let i = 0; i < order.length && used < out.rows.length; i++) {
    const row = order[i]
    if (excluded[row] === 1 || scorer.score[row] > 0) continue
    bound = Math.min(bound, score[row])
    out.rows[used] = row
    out.scores[used++] = bound
  }
  return used
}

function reasonOf(
  model: RecommendationModel,
  scorer: Scorer,
  row: number,
  history: readonly HistoryEntry[],
): Reason {
  const because = scorer.because[row]
  const at = scorer.position[row]
  const product_id = stringAt(model.ids, because)
  switch (scorer.strategy[row]) {
    case STRATEGY.together:
      return togetherReason(model, because, at)
    case STRATEGY.item_to_item: {
      const shoppers = countAt(model.item_to_item, at)
      const of = model.shoppers_of[because]
      // The same order says more than the same shopper: where it holds for as large a share, it is what is told.
      const pair = positionOf(model.together, because, row)
      if (pair >= 0 && countAt(model.together, pair) * of >= shoppers * model.orders_of[because]) {
        return togetherReason(model, because, pair)
      }
      return { code: "shoppers_also_chose", data: { product_id, shoppers, of } }
    }
    case STRATEGY.similar:
      return { code: "similar", data: { product_id, terms: sharedTerms(model, because, row) } }
    case STRATEGY.repeat:
      return pastReason(history, stringAt(model.ids, row))
    default:
      return popularReason(model, row)
  }
}

/** The shopper's own past with a product, told as what they did with it. */
function pastReason(history: readonly HistoryEntry[], product_id: string): Reason {
  let times = 0
  let bought_at = -Infinity
  let seen_at = -Infinity
  for (const entry of history) {
    if (entry.product_id !== product_id) continue
    seen_at = Math.max(seen_at, entry.at)
    if (entry.kind !== INTERACTION_KIND.buy) continue
    times++
    bought_at = Math.max(bought_at, entry.at)
  }
  return times > 0
    ? { code: "bought_before", data: { times, last_at: new Date(bought_at).toISOString() } }
    : { code: "seen_before", data: { last_at: new Date(seen_at).toISOString() } }
}

function togetherReason(model: RecommendationModel, because: number, position: number): Reason {
  const product_id = stringAt(model.ids, because)
  const together = countAt(model.together, position)
  return { code: "bought_together", data: { product_id, together, of: model.orders_of[because] } }
}

/** Where `row` stands among the neighbours of `of`; -1 if it does not. */
function positionOf(list: Neighbours, of: number, row: number): number {
  for (let at = list.offsets[of]; at < list.offsets[of + 1]; at++) if (list.product[at] === row) return at
  return -1
}

function countAt(list: Neighbours, position: number): number {
  return list.count[position]
}

function popularReason(model: RecommendationModel, row: number): Reason {
  const { buyers, days } = model.popular
  if (buyers[row] > 0) return { code: "popular", data: { buyers: buyers[row], days } }
  return { code: "new_arrival", data: { created_at: new Date(model.created_at[row]).toISOString() } }
}

/** The heaviest words of the one that are among those of the other. */
function sharedTerms(model: RecommendationModel, a: number, b: number): string[] {
  const { terms, vocabulary } = model
  const shared: string[] = []
  for (let i = a * TERMS_PER_PRODUCT; i < (a + 1) * TERMS_PER_PRODUCT && shared.length < TERMS_TOLD; i++) {
    if (terms[i] < 0) break
    for (let j = b * TERMS_PER_PRODUCT; j < (b + 1) * TERMS_PER_PRODUCT; j++) {
      if (terms[j] !== terms[i]) continue
      shared.push(stringAt(vocabulary, terms[i]))
      break
    }
  }
  return shared
}
