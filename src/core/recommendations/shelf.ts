import { rowOf, stringAt, TopK } from "../data"
import { contentSimilarity, diversify } from "./diversity"
import { eligibleRows, Merchandising, type Factor } from "./merchandising"
import type { Placement, Strategy } from "./placement"
import type { ProductFactsById } from "./product-facts"
import { reasonFor, type Cause } from "./reasons"
import { ScoreSheet } from "./score-sheet"
import { SessionScorer } from "./session-knn"
import { shelfContext } from "./shelf-context"
import type { ShelfAnswer, ShelfExplanation, ShelfProduct, ShelfRequest } from "./shelf-types"
import { fillStrategy, type StrategyContext } from "./strategies"
import type { HistoryEntry, RecommendationModel } from "./types"

const DAY = 86_400_000

/** Candidates that dials and variety may move; deeper ones keep the order of their scores. */
const MOVABLE = 200

/** Candidates that variety spreads: each is held against all that stand before it. */
const VARIED = 60

/** Candidates told as left out. */
const MOST_LEFT_OUT = 50

/** What a product is marked with for the length of one answer; 0: may be shown. */
const MARK = { on_page: 1, bought: 2, returned: 3, placed: 4, pinned: 5 } as const
type LeftOut = ShelfAnswer["left_out"][number]["why"]
const WHY: Record<number, LeftOut> = {
  [MARK.on_page]: "on_page",
  [MARK.bought]: "bought",
  [MARK.returned]: "returned",
}

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
  parts: ShelfExplanation["parts"]
  fallback: boolean
  place_before_diversity: number | null
}

interface Pin {
  product_id: string
  position: number
  rule_id: string
}

/**
 * Fills one shelf: strategies are mixed by their weights (each one's best product has 1), excluded products and those that
 * rules hide go out, boosts and dials move the rest, variety spreads it; then the fallback chain does the same, strategy by
 * strategy, until the shelf is full; pins are put in last.
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
    return { products, more: false, arm: null, left_out: [] }
  }
  return new ShelfRanking(model, merchandising, request).answer(offset, limit)
}

class ShelfRanking {
  private readonly scratch: Scratch
  private readonly context: StrategyContext
  private readonly history: readonly HistoryEntry[]
  /** Of the block under way. */
  private parts: { strategy: Strategy; weight: number; scores: Map<number, number> }[] = []
  /** Strategies that named anything. */
  private readonly named = new Set<Strategy>()
  private readonly toldOut = new Set<number>()
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
    this.context = shelfContext(model, request, this.history, scratch)
  }

  answer(offset: number, limit: number): ShelfAnswer {
    try {
      return this.fill(offset, limit)
    } finally {
      for (const row of this.marked) this.scratch.excluded[row] = 0
    }
  }

  private fill(offset: number, limit: number): ShelfAnswer {
    const { placement, arm = null } = this.request
    const wanted = offset + limit
    this.exclude()
    const pins = this.merchandising.pins(this.pageIds())
    for (const { product_id } of pins) this.mark(rowOf(this.model.ids, product_id), "pinned")
    const list = this.block(placement.strategies, Math.max(wanted, MOVABLE))
    const led = arm !== null && this.named.has(arm)
    for (const strategy of placement.fallback) {
      if (list.length >= wanted) break
      this.append(
        list,
        this.block([{ strategy, weight: 1 }], Math.max(wanted - list.length, MOVABLE)),
        strategy,
      )
    }
    if (placement.fallback.includes("best_sellers")) this.addTail(list, wanted)
    const entries: (Candidate | Pin)[] = list
    pins.forEach((pin, i) => {
      // Pins of one place stand behind each other in the order of their rules.
      const place = Math.max(pin.position - 1, i)
      entries.splice(Math.min(place, entries.length), 0, pin)
    })
    const products = entries.slice(offset, wanted).map((entry) => this.tell(entry))
    return { products, more: entries.length > wanted, arm: led ? arm : null, left_out: this.leftOut }
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
    const dueCounts = placement.strategies.some(
      ({ strategy, weight }) => strategy === "buy_again" && weight > 0,
    )
    if (dueCounts) {
      this.scratch.part.clear()
      fillStrategy(model, "buy_again", context, this.scratch.part)
    }
    for (const row of context.purchases.keys()) {
      if (!dueCounts || !this.scratch.part.has(row)) this.mark(row, "bought")
    }
  }

  private mark(row: number, why: keyof typeof MARK): void {
    if (row < 0 || this.scratch.excluded[row] !== 0) return
    this.scratch.excluded[row] = MARK[why]
    this.marked.push(row)
  }

  /** Mixes some strategies, takes out what may not be shown, and moves the rest: boosts, dials, variety. Best first. */
  private block(strategies: Placement["strategies"], most: number): Candidate[] {
    this.mix(strategies)
    const candidates = this.candidates(most)
    const movable = this.spread(this.merchandising.dial(candidates.slice(0, MOVABLE)))
    return [...movable, ...candidates.slice(MOVABLE)]
  }

  /** Adds up the strategies; `source` of the sum is the strategy's place in `parts`. */
  private mix(strategies: Placement["strategies"]): void {
    const { total, part } = this.scratch
    const { arm = null, explain = false } = this.request
    total.clear()
    this.parts = []
    const used = strategies.filter(({ weight }) => weight > 0)
    const all = used.reduce((sum, { weight }) => sum + weight, 0)
    for (const { strategy, weight: own } of used) {
      // The strategy that leads outweighs all others together, which still order what it leaves equal and fill up.
      const weight = strategy === arm ? own + all : own
      part.clear()
      fillStrategy(this.model, strategy, this.context, part)
      const most = part.greatestScore()
      const scores = new Map<number, number>()
      this.parts.push({ strategy, weight, scores })
      if (most <= 0) continue
      this.named.add(strategy)
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
    const best = new TopK(Math.min(most, total.length))
    const factorsOf = new Map<number, Factor[]>()
    const out = new TopK(this.request.explain === true ? MOST_LEFT_OUT : 0)
    const why = new Map<number, { why: LeftOut; rule_id?: string }>()
    for (let i = 0; i < total.length; i++) {
      const row = total.touched[i]
      let score = total.score[row]
      if (score <= 0 || excluded[row] === MARK.placed || excluded[row] === MARK.pinned) continue
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
      // Told once, by the first of the blocks that named it.
      if (this.toldOut.has(row) || this.leftOut.length >= MOST_LEFT_OUT) continue
      this.toldOut.add(row)
      this.leftOut.push({ product_id: stringAt(model.ids, row), ...why.get(row)! })
    }
    const kept = drained(best)
    return kept.rows.map((row, i) => {
      this.mark(row, "placed")
      return this.candidate(row, kept.scores[i], this.causeOf(row), factorsOf.get(row) ?? [])
    })
  }

  private candidate(row: number, score: number, cause: Cause, factors: Factor[]): Candidate {
    const parts = this.parts.flatMap(({ strategy, weight, scores }) => {
      const own = scores.get(row)
      return own === undefined ? [] : [{ strategy, score: own, weight, contribution: own * weight }]
    })
    const product_id = stringAt(this.model.ids, row)
    return { row, product_id, score, cause, factors, parts, fallback: false, place_before_diversity: null }
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

  /** Puts a block of the fallback chain behind the list, its scores below all before it. */
  private append(list: Candidate[], block: Candidate[], strategy: Strategy): void {
    const bound = list.reduce((least, { score }) => Math.min(least, score), list.length > 0 ? Infinity : 1)
    const most = block.reduce((greatest, { score }) => Math.max(greatest, score), 1e-12)
    for (const one of block) {
      list.push({
        ...one,
        score: Math.min(bound, (bound * one.score) / most),
        cause: { ...one.cause, strategy },
        fallback: true,
      })
    }
  }

  /** Everything else that may be shown, in the order of its sales; scored 0. */
  private addTail(list: Candidate[], wanted: number): void {
    const { model, merchandising, request } = this
    const { excluded } = this.scratch
    const order = merchandising.reads
      ? eligibleRows(model, request.placement, merchandising, request.now)
      : model.popular.order
    for (let i = 0; i < order.length && list.length < wanted; i++) {
      const row = order[i]
      if (excluded[row] !== 0) continue
      this.mark(row, "placed")
      const cause: Cause = { strategy: "best_sellers", because: -1, component: 0 }
      list.push({ ...this.candidate(row, 0, cause, []), parts: [], fallback: true })
    }
  }

  private tell(entry: Candidate | Pin): ShelfProduct {
    const { model, request, history, context } = this
    if ("rule_id" in entry) {
      const product = picked(entry.product_id)
      if (!request.explain) return product
      return { ...product, explanation: { ...this.explain(entry.product_id), pinned_by: entry.rule_id } }
    }
    const { product_id, score, parts, fallback, factors, place_before_diversity } = entry
    const product: ShelfProduct = {
      product_id,
      score,
      reason: reasonFor(model, context, history, entry.row, entry.cause),
    }
    if (!request.explain) return product
    const explanation = { ...this.explain(product_id), parts, fallback, factors, place_before_diversity }
    return { ...product, explanation }
  }

  private explain(product_id: string): ShelfExplanation {
    return {
      parts: [],
      fallback: false,
      factors: [],
      pinned_by: null,
      place_before_diversity: null,
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
