import { rowOf, stringAt } from "../data"
import { dueAt, dueScore } from "./buy-again"
import { equalEvidence, type Evidence } from "./evidence"
import { scoreForYou, type Shopper } from "./for-you"
import type { Strategy } from "./placement"
import type { ScoreSheet } from "./score-sheet"
import type { SessionScorer } from "./session-knn"
import { holdersOf, type WordMatch } from "./word-index"
import { INTERACTION_KIND, type HistoryEntry, type NamedPopularity, type RecommendationModel } from "./types"

/** A pause longer than this ends a visit. */
export const VISIT_GAP_MS = 30 * 60_000

/** Products a list of best sellers brings into a mix. */
const HEAD = 200

/** Share of a product's rhythm before which it is not offered again: nobody wants coffee the day after they bought it. */
const NEARLY_DUE = 0.6

/** What more products hold than this finds none of them. */
const MOST_HOLDERS = 10_000

/** The searched word itself against another form of it. */
const EXACT = 2

/** How much likeness counts beside co-occurrence for what was looked at last: it only fills what that leaves open. */
const LIKENESS = 0.1

/** What a strategy may read besides the model: rows instead of ids, once a request. */
export interface StrategyContext {
  /** Products of the page, cart or order. */
  seeds: Evidence
  /** The shopper's past; null when there is none, or it may not be used. */
  shopper: Shopper | null
  /** Their latest visit, oldest first, and the page's products at its end. */
  visit: Int32Array
  /** What they bought: row -> first, last, how often. */
  purchases: ReadonlyMap<number, { first_at: number; last_at: number; times: number }>
  /** What they looked at or put into a cart and did not buy, latest first. */
  looked: readonly number[]
  /** Where the searched words stand; empty without a search. */
  searched: readonly WordMatch[]
  country: string | undefined
  sales_channel: string | undefined
  category: string | undefined
  now: number
  /** A sheet that `for_you` may use. */
  scratch: ScoreSheet
  sessions: SessionScorer
  /** May "session" name products of the visit itself? */
  repeats: boolean
}

/**
 * Adds what one strategy says of products; scores compare within the strategy only. `because` is the product that spoke
 * for it, -1 where none did. `source` is that of `COMPONENTS` for "for_you", else 0.
 */
export function fillStrategy(
  model: RecommendationModel,
  strategy: Strategy,
  context: StrategyContext,
  sheet: ScoreSheet,
): void {
  switch (strategy) {
    case "bought_together":
      return sheet.addNeighbours(model.together, context.seeds, 1, 0)
    case "bought_same_day":
      return sheet.addNeighbours(model.same_day, context.seeds, 1, 0)
    case "viewed_then_bought":
      return sheet.addNeighbours(model.viewed_then_bought, context.seeds, 1, 0)
    case "also_chosen":
      return sheet.addNeighbours(model.item_to_item, context.seeds, 1, 0)
    case "similar":
      return sheet.addNeighbours(model.similar, context.seeds, 1, 0)
    case "for_you":
      return forYou(model, context, sheet)
    case "session":
      return session(model, context, sheet)
    case "because_you_viewed":
      return becauseYouViewed(model, context, sheet)
    case "recently_viewed":
      return context.looked.forEach((row, place) => sheet.add(row, 1 / (1 + place), row, 0))
    case "buy_again":
      for (const [row, own] of context.purchases) {
        const due = dueAt(model.buy_again, row, own)
        if (due === null || context.now < own.last_at + NEARLY_DUE * (due - own.last_at)) continue
        sheet.add(row, dueScore(model.buy_again, row, own, context.now), row, 0)
      }
      return
    case "query_match":
      return queryMatch(model, context, sheet)
    case "best_sellers": {
      const { order, score } = model.popular
      for (let i = 0; i < order.length && i < HEAD; i++) {
        if (score[order[i]] > 0) sheet.add(order[i], score[order[i]], -1, 0)
      }
      return
    }
    case "popular_here": {
      const here = placeOf(model, context)
      if (here === null) return
      for (let i = here.list.offsets[here.row]; i < here.list.offsets[here.row + 1]; i++) {
        sheet.add(here.list.product[i], here.list.score[i], -1, 0)
      }
      return
    }
    case "trending": {
      const { order, score } = model.trending
      for (let i = 0; i < order.length && i < HEAD; i++) sheet.add(order[i], score[order[i]], -1, 0)
      return
    }
    case "new_arrivals":
      for (let i = 0; i < model.newest.length && i < HEAD; i++) sheet.add(model.newest[i], 1 / (1 + i), -1, 0)
      return
  }
}

/**
 * Where "popular here" looks: the category of the page (or the one the shopper came in by), else the country, else the sales
 * channel. `name` is what a shopper may read: "" for a channel.
 */
export function placeOf(
  model: RecommendationModel,
  { category, country, sales_channel }: Pick<StrategyContext, "category" | "country" | "sales_channel">,
): { list: NamedPopularity; row: number; by: "category" | "country" | "channel"; name: string } | null {
  const asked = { category, country, channel: sales_channel }
  for (const by of ["category", "country", "channel"] as const) {
    const name = asked[by]
    const list = model.popular_by[by]
    if (name === undefined || list.names.length === 0) continue
    const row = rowOf(list.names, name)
    if (row >= 0) return { list, row, by, name: stringAt(list.labels, row) }
  }
  return null
}

function forYou(model: RecommendationModel, context: StrategyContext, sheet: ScoreSheet): void {
  const { shopper, scratch } = context
  if (shopper === null || shopper.evidence.length === 0) return
  scoreForYou(model, model.choice, shopper, scratch)
  for (let i = 0; i < scratch.length; i++) {
    const row = scratch.touched[i]
    if (scratch.score[row] > 0) sheet.add(row, scratch.score[row], scratch.because[row], scratch.source[row])
  }
}

/** Only the newest visit speaks; one that ended is the past, which "for_you" reads. */
function session(model: RecommendationModel, context: StrategyContext, sheet: ScoreSheet): void {
  const { visit, sessions, now, repeats } = context
  if (visit.length === 0) return
  sessions.run(visit, now, model.choice.session, repeats)
  for (let i = 0; i < sessions.length; i++) {
    const row = sessions.touched[i]
    if (sessions.score[row] > 0) sheet.add(row, sessions.score[row], -1, 0)
  }
}

function becauseYouViewed(model: RecommendationModel, context: StrategyContext, sheet: ScoreSheet): void {
  if (context.looked.length === 0) return
  const last = equalEvidence([context.looked[0]])
  sheet.addNeighbours(model.item_to_item, last, 1, 0)
  sheet.addNeighbours(model.similar, last, LIKENESS, 0)
}

/** Products whose title, category or tag holds the searched words; rare words count more. */
function queryMatch(
  { words, ids, popular }: RecommendationModel,
  context: StrategyContext,
  sheet: ScoreSheet,
): void {
  const products = Math.max(ids.length, 1)
  for (const { exact, alike } of context.searched) {
    for (const [rows, worth] of [[exact < 0 ? [] : [exact], EXACT] as const, [alike, 1] as const]) {
      // Words that are alike are one word in several forms, so they are as rare as all of them together.
      const holders = holdersOf(words, rows)
      if (holders > MOST_HOLDERS) continue
      const idf = Math.log(1 + products / Math.max(holders, 1))
      for (const row of rows) {
        for (let i = words.offsets[row]; i < words.offsets[row + 1]; i++) {
          sheet.add(words.product[i], worth * idf, -1, 0)
        }
      }
    }
  }
  // Of equally good matches what sells comes first.
  for (let i = 0; i < sheet.length; i++) {
    const row = sheet.touched[i]
    sheet.addQuietly(row, 0.5 * popular.score[row])
  }
}

/** Rows of the products of the latest visit, oldest first, one after another once; empty when it is over. */
export function latestVisit(
  history: readonly HistoryEntry[],
  now: number,
  row: (id: string) => number,
): number[] {
  const sorted = [...history].sort((a, b) => a.at - b.at)
  const rows: number[] = []
  let next = now
  for (let i = sorted.length - 1; i >= 0; i--) {
    if (next - sorted[i].at > VISIT_GAP_MS) break
    next = sorted[i].at
    const at = row(sorted[i].product_id)
    if (at >= 0 && rows[rows.length - 1] !== at) rows.push(at)
  }
  return rows.reverse()
}

/** What was looked at or put into a cart and not bought, latest first. */
export function lookedAt(history: readonly HistoryEntry[], row: (id: string) => number): number[] {
  const bought = new Set<string>()
  for (const entry of history) if (entry.kind === INTERACTION_KIND.buy) bought.add(entry.product_id)
  const latest = [...history].sort((a, b) => b.at - a.at)
  const rows = new Set<number>()
  for (const { product_id } of latest) {
    const at = bought.has(product_id) ? -1 : row(product_id)
    if (at >= 0) rows.add(at)
  }
  return [...rows]
}
