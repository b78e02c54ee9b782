import { rowOf, stringAt } from "../data"
import { equalEvidence, evidenceOf, frequencyOf } from "./evidence"
import type { ScoreSheet } from "./score-sheet"
import type { SessionScorer } from "./session-knn"
import type { ShelfRequest } from "./shelf-types"
import { latestVisit, lookedAt, type StrategyContext } from "./strategies"
import { INTERACTION_KIND, type HistoryEntry, type RecommendationModel } from "./types"
import { matchWords } from "./word-index"

/** What a request tells, as the strategies read it: ids become rows, once a request. Cost: O(history log history). */
export function shelfContext(
  model: RecommendationModel,
  request: ShelfRequest,
  history: readonly HistoryEntry[],
  scratch: { inner: ScoreSheet; sessions: SessionScorer },
): StrategyContext {
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
    searched: request.query === undefined ? [] : matchWords(model.words, request.query),
    country: request.country,
    sales_channel: request.sales_channel,
    category: request.category ?? categoryOf(model, visit[0]),
    now: request.now,
    scratch: scratch.inner,
    sessions: scratch.sessions,
    repeats: request.placement.repeats,
  }
}

/** The innermost category of the product that a visit began with, or of the page's: where the shopper came in. */
function categoryOf(
  { categories, category_ids }: RecommendationModel,
  row: number | undefined,
): string | undefined {
  if (row === undefined || categories.offsets[row + 1] === categories.offsets[row]) return undefined
  return stringAt(category_ids, categories.columns[categories.offsets[row + 1] - 1])
}
