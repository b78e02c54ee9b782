import { rowOf, stringAt } from "../data"
import type { MerchandisingRule, Placement } from "./placement"
import { compileFilter, daysOfStock, type FilterContext, type ProductTest } from "./product-filter"
import { marginOf, type ProductFacts, type ProductFactsById } from "./product-facts"
import type { ShelfExplanation } from "./shelf-types"
import type { RecommendationModel } from "./types"

export type Factor = ShelfExplanation["factors"][number]

export interface Verdict {
  hidden: { why: "hidden" | "not_in_filter"; rule_id?: string } | null
  factors: Factor[]
}

/** A month's stock is ordinary; a product with more moves up, one with less down, at most this much at full weight. */
const ORDINARY_DAYS = 30
const STOCK_MOST = 2
const STOCK_LEAST = 0.25

/** Margins far from the average's count as this far: one outlier must not fill a shelf. */
const MARGIN_MOST = 5
const MARGIN_LEAST = 0.05

const NOTHING: Verdict = { hidden: null, factors: [] }

/**
 * What the merchant wants done on one shelf, compiled once a request. Products without facts pass no filter and are touched by
 * no rule.
 * Cost of `judge`: one look-up and the conditions of filter and rules.
 */
export class Merchandising {
  private readonly only: { test: ProductTest; rule_id?: string }[] = []
  private readonly hide: { test: ProductTest; rule_id: string }[] = []
  private readonly change: { test: ProductTest; factor: Factor }[] = []
  private readonly pinning: (MerchandisingRule & { action: { type: "pin" } })[] = []
  private readonly context: FilterContext
  private readonly currencies: readonly string[]

  constructor(
    private readonly placement: Placement,
    model: RecommendationModel | null,
    private readonly facts: ProductFactsById,
    { now, currencies }: { now: number; currencies: readonly string[] },
  ) {
    this.currencies = currencies
    this.context = filterContext(model, { now, currencies })
    if (placement.filter.rules.length > 0)
      this.only.push({ test: compileFilter(placement.filter, this.context) })
    for (const rule of placement.rules) if (isActive(rule, now)) this.compile(rule)
  }

  /** Whether `judge` can say anything at all: a shelf without filter and rules reads no facts. */
  get reads(): boolean {
    return this.only.length + this.hide.length + this.change.length > 0
  }

  judge(product_id: string): Verdict {
    const facts = this.facts.get(product_id)
    // First, since a pin passes a filter but never what is hidden.
    for (const { test, rule_id } of this.hide) {
      if (facts !== undefined && test(facts)) return { hidden: { why: "hidden", rule_id }, factors: [] }
    }
    for (const { test, rule_id } of this.only) {
      if (facts === undefined || !test(facts))
        return { hidden: { why: "not_in_filter", rule_id }, factors: [] }
    }
    if (facts === undefined) return NOTHING
    if (this.change.length === 0) return NOTHING
    const factors = this.change.filter(({ test }) => test(facts)).map(({ factor }) => factor)
    return factors.length === 0 ? NOTHING : { hidden: null, factors }
  }

  /**
   * Moves candidates by the two dials and orders them anew. Margin: taste p becomes p x (m / average m)^dial, so that 1 ranks
   * by expected margin p x m; the average is over these candidates, and an unknown margin counts as average. Stock: p becomes
   * p x (days of stock / 30)^dial within bounds.
   */
  dial<Candidate extends { product_id: string; score: number; factors: Factor[] }>(
    candidates: Candidate[],
  ): Candidate[] {
    const { margin, stock } = this.placement
    if (margin <= 0 && stock <= 0) return candidates
    const margins = this.comparableMargins(candidates.map(({ product_id }) => this.facts.get(product_id)))
    const known = margins.filter((value) => value !== null)
    const average = known.reduce((sum, value) => sum + Math.max(value, 0), 0) / Math.max(known.length, 1)
    const moved = candidates.map((candidate, i) => {
      const factors = [...candidate.factors]
      const value = margins[i]
      if (margin > 0 && value !== null && average > 0) {
        const relative = Math.min(Math.max(value / average, MARGIN_LEAST), MARGIN_MOST)
        factors.push({ by: "margin", factor: Math.exp(margin * Math.log(relative)) })
      }
      const facts = this.facts.get(candidate.product_id)
      if (stock > 0 && facts !== undefined && facts.stock !== null) {
        const relative = daysOfStock(facts, this.context) / ORDINARY_DAYS
        const bounded = Math.min(Math.max(relative, STOCK_LEAST), STOCK_MOST)
        factors.push({ by: "stock", factor: Math.exp(stock * Math.log(bounded)) })
      }
      const score = factors
        .slice(candidate.factors.length)
        .reduce((all, { factor }) => all * factor, candidate.score)
      return { ...candidate, factors, score }
    })
    return moved.sort((a, b) => b.score - a.score)
  }

  /** Products to pin, in the order of their places, without those that stand on the page or a rule hides. */
  pins(onPage: ReadonlySet<string>): { product_id: string; position: number; rule_id: string }[] {
    const seen = new Set(onPage)
    const pins: { product_id: string; position: number; rule_id: string }[] = []
    for (const { id, action } of this.pinning) {
      action.product_ids.forEach((product_id, i) => {
        if (seen.has(product_id) || this.judge(product_id).hidden?.why === "hidden") return
        seen.add(product_id)
        pins.push({ product_id, position: action.position + i, rule_id: id })
      })
    }
    return pins.sort((a, b) => a.position - b.position)
  }

  /** What an explanation tells of a product's own facts. */
  told(product_id: string): { margin: number | null; stock: number | null } {
    const facts = this.facts.get(product_id)
    return {
      margin: facts === undefined ? null : (marginOf(facts, this.currencies)?.share ?? null),
      stock: facts?.stock ?? null,
    }
  }

  private compile(rule: MerchandisingRule): void {
    const { action, id: rule_id } = rule
    if (action.type === "pin") {
      this.pinning.push({ ...rule, action })
      return
    }
    const test = compileFilter(rule.filter, this.context)
    if (action.type === "hide") this.hide.push({ test, rule_id })
    else if (action.type === "only") this.only.push({ test, rule_id })
    else {
      const factor = action.type === "boost" ? action.factor : 1 / action.factor
      this.change.push({ test, factor: { by: action.type, factor, rule_id } })
    }
  }

  /** Margins in money, all in one currency: the first in which any candidate has one. */
  private comparableMargins(all: readonly (ProductFacts | undefined)[]): (number | null)[] {
    for (const currency of this.currencies) {
      const margins = all.map((facts) =>
        facts === undefined ? null : (marginOf(facts, [currency])?.money.amount ?? null),
      )
      if (margins.some((margin) => margin !== null)) return margins
    }
    return all.map(() => null)
  }
}

/** What filters read of a model, at a moment. */
export function filterContext(
  model: RecommendationModel | null,
  { now, currencies }: { now: number; currencies: readonly string[] },
): FilterContext {
  const buyers = (id: string): number => {
    const row = model === null ? -1 : rowOf(model.ids, id)
    return row < 0 ? 0 : model!.popular.buyers[row]
  }
  return { now, currencies, buyers, buyer_days: model?.popular.days ?? 1 }
}

/** Whether a rule is on and `now` lies within its dates. */
export function isActive({ enabled, starts_at, ends_at }: MerchandisingRule, now: number): boolean {
  if (!enabled) return false
  if (starts_at !== null && Date.parse(starts_at) > now) return false
  return ends_at === null || Date.parse(ends_at) > now
}

/** Products judged for the tail of one answer, and how long what was found holds. */
const JUDGED_AT_ONCE = 5_000
const ELIGIBLE_FOR_MS = 60_000

interface Eligible {
  /** What a former pass over the catalogue found; what the present one has found so far while there was none. */
  rows: number[]
  next: number[]
  /** Where the present pass stands in the order of sales. */
  at: number
  since: number
}
const eligibleOf = new WeakMap<Placement, WeakMap<RecommendationModel, Eligible>>()

/**
 * All products that a placement's filter and rules let through, in the order of their sales. A narrow filter would judge the
 * whole catalogue for one shelf, so the work is spread: each answer judges 5,000 more, and a finished pass holds for a minute.
 * Settings that did not change are the same object from one answer to the next; a change starts anew.
 */
export function eligibleRows(
  model: RecommendationModel,
  placement: Placement,
  merchandising: Merchandising,
  now: number,
): readonly number[] {
  const { order } = model.popular
  let ofModel = eligibleOf.get(placement)
  if (ofModel === undefined) eligibleOf.set(placement, (ofModel = new WeakMap()))
  let found = ofModel.get(model)
  if (found === undefined) ofModel.set(model, (found = { rows: [], next: [], at: 0, since: now }))
  if (found.at === order.length && now - found.since > ELIGIBLE_FOR_MS) {
    found.next = []
    found.at = 0
    found.since = now
  }
  const first = found.rows.length === 0
  const to = Math.min(found.at + JUDGED_AT_ONCE, order.length)
  for (; found.at < to; found.at++) {
    const row = order[found.at]
    if (merchandising.judge(stringAt(model.ids, row)).hidden === null) found.next.push(row)
  }
  if (found.at === order.length || first) found.rows = found.next
  return found.rows
}
