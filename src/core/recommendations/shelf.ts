import { rowOf, stringAt, TopK } from "../data"
import { contentSimilarity, diversify } from "./diversity"
import { equalEvidence, evidenceOf, frequencyOf } from "./evidence"
import { Merchandising, type Factor } from "./merchandising"
import type { Strategy } from "./placement"
import type { ProductFactsById } from "./product-facts"
import { reasonFor, type Cause } from "./reasons"
import { ScoreSheet } from "./score-sheet"
import { SessionScorer } from "./session-knn"
import type { ShelfAnswer, ShelfExplanation, ShelfProduct, ShelfRequest } from "./shelf-types"
import { fillStrategy, latestVisit, lookedAt, type StrategyContext } from "./strategies"
import { INTERACTION_KIND, type HistoryEntry, type RecommendationModel } from "./types"

const DAY = 86_400_000

/** Candidates that dials and variety may move; deeper ones keep the order of their scores. */
const MOVABLE = 200

/** Candidates that variety spreads: each is held against all that stand before it. */
const VARIED = 60

/** Candidates told as left out. */
const MOST_LEFT_OUT = 50

const LEFT_OUT = { on_page: 1, bought: 2, returned: 3, hidden: 4, not_in_filter: 5 } as const
type Why = keyof typeof LEFT_OUT
const WHY = Object.fromEntries(Object.entries(LEFT_OUT).map(([why, code]) => [code, why as Why]))

/** Scratch memory of each model in use: about 90 bytes a product and 12 a session. */
interface Scratch {
  total: ScoreSheet
  part: ScoreSheet
  inner: ScoreSheet
  sessions: SessionScorer
  excluded: Uint8Array
}
const scratchOf = new WeakMap<RecommendationModel, Scratch>()

interface Candidate {
  row: number
  product_id: string
  score: number
  cause: Cause
  factors: Factor[]
  fallback: boolean
  place_before_diversity: number | null
}

/**
 * Fills one shelf: strategies are mixed by their weights (each one's best product has 1), excluded products and those that
 * rules hide go out, boosts and dials move the rest, variety spreads it, the fallback chain fills up, pins are put in.
 * The same request gives the same answer, so `offset` continues it. No model (nothing learned yet): no products but pins.
 * Cost: strategies x evidence (at most 200 products) x neighbours, plus candidates x log; independent of the catalogue's size,
 * but for a filter that few products pass.
 */
export function rankShelf(
  model: RecommendationModel | null,
  facts: ProductFactsById,
  request: ShelfRequest,
): ShelfAnswer {
  const { limit, offset = 0 } = request
  for (const [name, value] of Object.entries({ limit, offset })) {
    if (!(Number.isInteger(value) && value >= 0)) {
      throw new RangeError(`shelf: ${name} must be a whole number >= 0, got ${value}`)
    }
  }
  const merchandising = new Merchandising(request.placement, model, facts, request)
  if (model === null) {
    const pins = merchandising.pins(new Set(request.exclude ?? []))
    const products = pins.map(({ product_id }) => picked(product_id)).slice(offset, offset + limit)
    return { products, more: false, left_out: [] }
  }
  return new ShelfRanking(model, merchandising, request).answer(offset, limit)
}

class ShelfRanking {
  private readonly scratch: Scratch
  private readonly context: StrategyContext
  private readonly history: readonly HistoryEntry[]
  private readonly parts: {
    strategy: Strategy
    weight: number
    most: number
    scores: Map<number, number>
  }[] = []
  private readonly leftOut: ShelfAnswer["left_out"] = []
  private readonly marked: number[] = []

  constructor(
    private readonly model: RecommendationModel,
    private readonly merchandising: Merchandising,
    private readonly request: ShelfRequest,
  ) {
    let scratch = scratchOf.get(model)
    if (scratch === undefined) {
      const products = model.ids.length
      scratch = {
        total: new ScoreSheet(products),
        part: new ScoreSheet(products),
        inner: new ScoreSheet(products),
        sessions: new SessionScorer(model.session),
        excluded: new Uint8Array(products),
      }
      scratchOf.set(model, scratch)
    }
    this.scratch = scratch
    this.history = (request.history ?? []).filter((entry) => entry.at <= request.now)
    this.context = this.contextOf()
  }

  answer(offset: number, limit: number): ShelfAnswer {
    const { merchandising } = this
    this.exclude()
    this.mix()
    const wanted = offset + limit
    const candidates = this.candidates(Math.max(wanted, MOVABLE))
    const movable = this.spread(merchandising.dial(candidates.slice(0, MOVABLE)))
    const ordered = [...movable, ...candidates.slice(MOVABLE)]
    const pins = merchandising.pins(this.pageIds())
    const pinnedIds = new Set(pins.map(({ product_id }) => product_id))
    if (ordered.length < wanted) this.fallBack(ordered, wanted + pins.length)
    const list: (Candidate | { pin: string; rule_id: string })[] = ordered.filter(
      ({ product_id }) => !pinnedIds.has(product_id),
    )
    for (const { product_id, rule_id, position } of pins) {
      list.splice(Math.min(position - 1, list.length), 0, { pin: product_id, rule_id })
    }
    const products = list.slice(offset, wanted).map((entry) => this.tell(entry, ordered))
    for (const row of this.marked) this.scratch.excluded[row] = 0
    return { products, more: list.length > wanted, left_out: this.leftOut }
  }

  private contextOf(): StrategyContext {
    const { model, request, history } = this
    const rowFor = (id: string): number => rowOf(model.ids, id)
    const seeds = request.seeds.map(rowFor).filter((row) => row >= 0)
    const rows: number[] = []
    const kinds: number[] = []
    const at: number[] = []
    const purchases = new Map<number, { first_at: number; last_at: number; times: number }>()
    for (const entry of history) {
      const row = rowFor(entry.product_id)
      if (row < 0) continue
      rows.push(row)
      kinds.push(entry.kind)
      at.push(entry.at)
      if (entry.kind !== INTERACTION_KIND.buy) continue
      const own = purchases.get(row)
      if (own === undefined) purchases.set(row, { first_at: entry.at, last_at: entry.at, times: 1 })
      else {
        own.times++
        own.first_at = Math.min(own.first_at, entry.at)
        own.last_at = Math.max(own.last_at, entry.at)
      }
    }
    const order = rows.map((_, i) => i).sort((a, b) => at[a] - at[b])
    const visit = latestVisit(history, request.now, rowFor)
    // The page's product is part of the visit, whether or not its view has been reported yet.
    for (const seed of seeds) if (visit[visit.length - 1] !== seed) visit.push(seed)
    return {
      seeds: equalEvidence(seeds),
      shopper:
        rows.length === 0
          ? null
          : {
              evidence: evidenceOf(rows, kinds, at),
              recent: Int32Array.from(order, (i) => rows[i]),
              frequency: frequencyOf(rows, kinds, at),
            },
      visit: Int32Array.from(visit),
      purchases,
      looked: lookedAt(history, rowFor),
      query: request.query,
      country: request.country,
      sales_channel: request.sales_channel,
      category: request.category,
      now: request.now,
      scratch: this.scratch.inner,
      sessions: this.scratch.sessions,
    }
  }

  private pageIds(): Set<string> {
    return new Set([...this.request.seeds, ...(this.request.exclude ?? [])])
  }

  /** Marks what may not be shown, whatever speaks for it. */
  private exclude(): void {
    const { model, request, context } = this
    const { placement, now } = request
    for (const id of this.pageIds()) this.mark(rowOf(model.ids, id), "on_page")
    const since = now - placement.exclude_returned_days * DAY
    for (const { product_id, at } of request.returned ?? []) {
      if (at > since) this.mark(rowOf(model.ids, product_id), "returned")
    }
    if (!placement.exclude_bought) return
    const dueCounts = placement.strategies.some(({ strategy }) => strategy === "buy_again")
    if (dueCounts) {
      this.scratch.part.clear()
      fillStrategy(model, "buy_again", context, this.scratch.part)
    }
    for (const row of context.purchases.keys()) {
      if (!dueCounts || !this.scratch.part.has(row)) this.mark(row, "bought")
    }
  }

  private mark(row: number, why: Why): void {
    if (row < 0 || this.scratch.excluded[row] !== 0) return
    this.scratch.excluded[row] = LEFT_OUT[why]
    this.marked.push(row)
  }

  /** Adds up the strategies; `source` of the sum is the strategy's place in `parts`. */
  private mix(): void {
    const { total, part } = this.scratch
    const { placement, arm = null, explain = false } = this.request
    total.clear()
    const used = placement.strategies.filter(({ weight }) => weight > 0)
    const all = used.reduce((sum, { weight }) => sum + weight, 0)
    for (const { strategy, weight: own } of used) {
      // The strategy that leads outweighs all others together, which still order what it leaves equal and fill up.
      const weight = strategy === arm ? own + all : own
      part.clear()
      fillStrategy(this.model, strategy, this.context, part)
      const most = part.greatestScore()
      const scores = new Map<number, number>()
      this.parts.push({ strategy, weight, most, scores })
      if (most <= 0) continue
      for (let i = 0; i < part.length; i++) {
        const row = part.touched[i]
        if (part.score[row] <= 0) continue
        const score = part.score[row] / most
        total.add(row, score * weight, part.because[row], this.parts.length - 1)
        if (explain) scores.set(row, score)
      }
    }
  }

  /** What may be shown, best first, boosted and buried; at most `most`. */
  private candidates(most: number): Candidate[] {
    const { model, merchandising } = this
    const { total, excluded } = this.scratch
    const best = new TopK(Math.min(most + this.marked.length, total.length))
    const factorsOf = new Map<number, Factor[]>()
    const out = new TopK(this.request.explain === true ? MOST_LEFT_OUT : 0)
    const why = new Map<number, { why: Why; rule_id?: string }>()
    for (let i = 0; i < total.length; i++) {
      const row = total.touched[i]
      let score = total.score[row]
      if (score <= 0) continue
      let refused = excluded[row] === 0 ? null : { why: WHY[excluded[row]] }
      if (refused === null && merchandising.reads) {
        const verdict = merchandising.judge(stringAt(model.ids, row))
        if (verdict.hidden !== null) refused = verdict.hidden
        else if (verdict.factors.length > 0) {
          for (const { factor } of verdict.factors) score *= factor
          factorsOf.set(row, verdict.factors)
        }
      }
      if (refused === null) best.offer(row, score)
      else if (this.request.explain) {
        out.offer(row, score)
        why.set(row, refused)
      }
    }
    for (const row of drained(out).rows) {
      this.leftOut.push({ product_id: stringAt(model.ids, row), ...why.get(row)! })
    }
    const kept = drained(best)
    return kept.rows.slice(0, most).map((row, i) => ({
      row,
      product_id: stringAt(model.ids, row),
      score: kept.scores[i],
      cause: this.causeOf(row),
      factors: factorsOf.get(row) ?? [],
      fallback: false,
      place_before_diversity: null,
    }))
  }

  private causeOf(row: number): Cause {
    const { total, inner } = this.scratch
    const { strategy } = this.parts[total.source[row]]
    return { strategy, because: total.because[row], component: inner.source[row] }
  }

  private spread(candidates: Candidate[]): Candidate[] {
    const { model, request } = this
    const { diversity } = request.placement
    if (diversity <= 0 || candidates.length < 3) return candidates
    const head = candidates.slice(0, VARIED)
    const order = diversify(
      { rows: head.map(({ row }) => row), scores: head.map(({ score }) => score) },
      contentSimilarity(model.similar, model.categories),
      { dial: diversity, limit: head.length },
    )
    const varied = [...order].map((from, to) => ({
      ...head[from],
      place_before_diversity: from === to ? null : from + 1,
    }))
    return [...varied, ...candidates.slice(VARIED)]
  }

  /** Appends what the fallback chain names, one strategy after the other, scored below all before it. */
  private fallBack(list: Candidate[], wanted: number): void {
    const { part, excluded } = this.scratch
    const used = new Set(list.map(({ row }) => row))
    let bound = list.length > 0 ? list[list.length - 1].score : 1
    for (const strategy of this.request.placement.fallback) {
      if (list.length >= wanted) return
      part.clear()
      fillStrategy(this.model, strategy, this.context, part)
      const most = part.greatestScore()
      if (most <= 0 && strategy !== "best_sellers") continue
      const best = new TopK(part.length)
      for (let i = 0; i < part.length; i++) best.offer(part.touched[i], part.score[part.touched[i]])
      const { rows } = drained(best)
      // Everything else in the order of its sales stands behind the head of the list.
      const order = strategy === "best_sellers" ? this.model.popular.order : []
      for (const row of [...rows, ...order]) {
        if (list.length >= wanted) break
        if (used.has(row) || excluded[row] !== 0) continue
        if (this.merchandising.reads && this.merchandising.judge(stringAt(this.model.ids, row)).hidden)
          continue
        used.add(row)
        bound = Math.min(bound, Math.max(part.score[row] / Math.max(most, 1e-9), 0) * bound)
        list.push({
          row,
          product_id: stringAt(this.model.ids, row),
          score: bound,
          cause: { strategy, because: part.because[row], component: part.source[row] },
          factors: [],
          fallback: true,
          place_before_diversity: null,
        })
      }
    }
  }

  private tell(entry: Candidate | { pin: string; rule_id: string }, all: readonly Candidate[]): ShelfProduct {
    const { model, request, history } = this
    const { explain = false } = request
    if ("pin" in entry) {
      const row = rowOf(model.ids, entry.pin)
      const scored =
        row < 0 ? undefined : all.find((candidate) => candidate.row === row && !candidate.fallback)
      const product = scored ? this.tell(scored, all) : picked(entry.pin)
      if (!explain) return product
      const explanation = product.explanation ?? this.explain(entry.pin, null)
      return { ...product, explanation: { ...explanation, pinned_by: entry.rule_id } }
    }
    const { product_id } = entry
    const reason = reasonFor(model, this.context, history, entry.row, entry.cause)
    const product: ShelfProduct = { product_id, score: entry.score, reason }
    if (explain) product.explanation = this.explain(product_id, entry)
    return product
  }

  private explain(product_id: string, entry: Candidate | null): ShelfExplanation {
    const parts = this.parts.flatMap(({ strategy, weight, scores }) => {
      const score = entry === null ? undefined : scores.get(entry.row)
      return score === undefined ? [] : [{ strategy, score, weight, contribution: score * weight }]
    })
    return {
      parts,
      fallback: entry?.fallback ?? false,
      factors: entry?.factors ?? [],
      pinned_by: null,
      place_before_diversity: entry?.place_before_diversity ?? null,
      ...this.merchandising.told(product_id),
    }
  }
}

function drained(best: TopK): { rows: number[]; scores: number[] } {
  const rows = new Int32Array(best.size)
  const scores = new Float64Array(best.size)
  best.drain(rows, scores)
  return { rows: [...rows], scores: [...scores] }
}

function picked(product_id: string): ShelfProduct {
  return { product_id, score: 0, reason: { code: "picked", data: {} } }
}
