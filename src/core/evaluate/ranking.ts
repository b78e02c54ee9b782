import { TopK } from "../data"

/**
 * Measures of a ranked list. Ranks are 1-based; relevance is yes or no. A list is the rows shown, best first;
 * `relevant` is what the case holds in truth (never empty: leave such cases out, they have no value).
 *
 * Cost: `rankOf` reads every score once, the rest is O(k).
 */
export interface RowSet {
  readonly size: number
  has(row: number): boolean
}

export interface RankOptions {
  /** Rows that may not be shown (seen in training, say): they take no place. */
  excluded?: Pick<RowSet, "has">
  /**
   * `against` (the default): every row of the same score stands before the target, so that a method which scores all
   * alike gains nothing. `by_row`: the lower row stands first, as in `TopK`.
   */
  ties?: "against" | "by_row"
}

/**
 * Rank of `target` among all rows of `scores` (1 is best). Infinity when it cannot be shown: excluded, not a row, or
 * scored NaN or -Infinity. A row scored NaN never stands before anything.
 */
export function rankOf(scores: ArrayLike<number>, target: number, options: RankOptions = {}): number {
  const { excluded, ties = "against" } = options
  if (target < 0 || target >= scores.length || excluded?.has(target) === true) return Infinity
  const own = scores[target]
  if (!(own > -Infinity)) return Infinity
  let rank = 1
  for (let row = 0; row < scores.length; row++) {
    if (!(scores[row] >= own) || row === target) continue
    if (scores[row] === own && ties === "by_row" && row > target) continue
    if (excluded?.has(row) !== true) rank++
  }
  return rank
}

/** The best `k` rows that are not excluded, best first, the lower row first of equals; rows of NaN or -Infinity never. */
export function topRanked(scores: ArrayLike<number>, k: number, excluded?: Pick<RowSet, "has">): Int32Array {
  const best = new TopK(k)
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]
    if (!(score > -Infinity) || score < best.bar || excluded?.has(row) === true) continue
    best.offer(row, score)
  }
  const rows = new Int32Array(k)
  return rows.slice(0, best.drain(rows, new Float64Array(k)))
}

/** HR@k of cases with one target each: the share of `ranks` within `k`. NaN of none. */
export function hitRate(ranks: ArrayLike<number>, k: number): number {
  let hits = 0
  for (let i = 0; i < ranks.length; i++) if (ranks[i] <= k) hits++
  return hits / ranks.length
}

/** MRR@k: the mean of 1 / rank, 0 for a rank beyond `k` (Voorhees 1999). NaN of none. */
export function reciprocalRank(ranks: ArrayLike<number>, k = Infinity): number {
  let sum = 0
  for (let i = 0; i < ranks.length; i++) if (ranks[i] <= k) sum += 1 / ranks[i]
  return sum / ranks.length
}

/** Mean nDCG@k of cases with one target each: 1 / log2(rank + 1), 0 for a rank beyond `k`. NaN of none. */
export function singleTargetNdcg(ranks: ArrayLike<number>, k: number): number {
  let sum = 0
  for (let i = 0; i < ranks.length; i++) if (ranks[i] <= k) sum += 1 / Math.log2(ranks[i] + 1)
  return sum / ranks.length
}

/** nDCG@k (Järvelin and Kekäläinen 2002), gain 1 a relevant row, over the best that `relevant` allows. */
export function ndcgAt(shown: ArrayLike<number>, relevant: RowSet, k: number): number {
  let gained = 0
  let ideal = 0
  for (let i = 0; i < k; i++) {
    const discount = 1 / Math.log2(i + 2)
    if (i < shown.length && relevant.has(shown[i])) gained += discount
    if (i < relevant.size) ideal += discount
  }
  return gained / ideal
}

/** P@k: relevant rows among the first `k`, over `k` (a list that is too short is punished for it). */
export function precisionAt(shown: ArrayLike<number>, relevant: RowSet, k: number): number {
  return hitsAt(shown, relevant, k) / k
}

/** R@k: relevant rows among the first `k`, over all that are relevant. */
export function recallAt(shown: ArrayLike<number>, relevant: RowSet, k: number): number {
  return hitsAt(shown, relevant, k) / relevant.size
}

/**
 * AP@k: the precision at each relevant row within `k`, summed, over all that are relevant (Buckley and Voorhees 2000);
 * not over min(k, relevant), which gives greater figures.
 */
export function averagePrecisionAt(shown: ArrayLike<number>, relevant: RowSet, k: number): number {
  let hits = 0
  let sum = 0
  for (let i = 0; i < Math.min(k, shown.length); i++) {
    if (relevant.has(shown[i])) sum += ++hits / (i + 1)
  }
  return sum / relevant.size
}

function hitsAt(shown: ArrayLike<number>, relevant: RowSet, k: number): number {
  let hits = 0
  for (let i = 0; i < Math.min(k, shown.length); i++) if (relevant.has(shown[i])) hits++
  return hits
}
