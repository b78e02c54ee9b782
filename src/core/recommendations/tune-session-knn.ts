import { fitSessionKnn, type SessionIndexOptions } from "./session-index"
import { SessionScorer } from "./session-knn"
import { SESSION_KNN_DEFAULTS, type SessionKnnOptions } from "./session-knn-options"
import { sliceSessions, type SessionColumns } from "./sessions"

/** Ranks beyond this count as a miss. */
const CUTOFF = 20

/** What a hit at any rank adds beside its reciprocal rank: a shelf is seen whole, but from its head. */
const HIT_WORTH = 0.6

/**
 * Values tried in turn, the most telling options first. Ages are shares of the time that the train sessions span, so that one
 * grid serves a store of a week and one of years.
 */
const GRID: readonly (readonly [keyof SessionKnnOptions, readonly number[]])[] = [
  ["repeat_prior", [0.01, 0.05, 0.2, 0.5]],
  ["repeat_strength", [1, 3, 10]],
  ["repeat_reach", [0.5, 1, 2, 5, 12]],
  ["repeat_last", [0.2, 0.5, 1, 2]],
  ["live_decay", [1, 1.5, 3, 6, 15]],
  ["idf", [0.5, 1, 1.5, 2]],
  ["recency", [0.03, 0.1, 0.3, 1, 3, 30]],
  ["length_exponent", [0, 0.25, 0.5]],
  ["reach", [1.5, 3, 6, 12, 30]],
  ["backward", [0.2, 0.4, 0.7, 1]],
  ["item_idf", [0, 0.1, 0.25, 0.5]],
  ["own", [0.5, 1, 1.5]],
  ["neighbours", [100, 200, 500]],
]

export interface SessionTuningOptions extends SessionIndexOptions {
  /** Share of the sessions, the last, that options are measured on. Default 0.1. */
  held_out?: number
  /** Positions measured for each candidate, spread evenly. Bounds the cost. Default 1,000. */
  cases?: number
  /** Times through the grid. Default 2. */
  passes?: number
}

export interface SessionFigures {
  /** Share of cases whose next item stands among the first 20, and mean of 1 / rank, 0 beyond 20. */
  hr20: number
  mrr20: number
  cases: number
}

export interface SessionTuning {
  options: SessionKnnOptions
  figures: SessionFigures
}

/**
 * Chooses how a store's sessions are scored: fits on all but the last sessions and, one option at a time, keeps the value that
 * predicts these best by MRR@20 + 0.6 HR@20 (coordinate search). A change must gain more than one case's worth, so that noise
 * does not move the options of a small store.
 * Cost: one fit and passes x 54 x cases answers: some seconds at 0.05 ms an answer, some tens at 1M events.
 */
export function tuneSessionKnn(sessions: SessionColumns, options: SessionTuningOptions = {}): SessionTuning {
  const { held_out: share = 0.1, cases = 1_000, passes = 2 } = options
  const cut = Math.floor(sessions.length * (1 - share))
  const heldOut = sliceSessions(sessions, cut, sessions.length)
  let best = { ...SESSION_KNN_DEFAULTS }
  if (cut === 0 || heldOut.length === 0) return { options: best, figures: { hr20: 0, mrr20: 0, cases: 0 } }
  const train = sliceSessions(sessions, 0, cut)
  const scorer = new SessionScorer(fitSessionKnn(train, options))
  const span = Math.max(1, train.end[cut - 1] - train.end[0])
  best.recency = 0.5 * span
  let figures = measureSessions(scorer, heldOut, best, cases)
  for (let pass = 0; pass < passes; pass++) {
    let moved = false
    const leastGain = 1 / figures.cases
    for (const [name, values] of GRID) {
      for (const listed of values) {
        const value = name === "recency" ? listed * span : listed
        if (value === best[name]) continue
        const candidate = { ...best, [name]: value }
        const measured = measureSessions(scorer, heldOut, candidate, cases)
        if (worth(measured) <= worth(figures) + leastGain) continue
        best = candidate
        figures = measured
        moved = true
      }
    }
    if (!moved) break
  }
  return { options: best, figures }
}

/**
 * Predicts every entry after the first of each session from those before it (or `cases` of them, spread evenly), ties
 * counted against the scorer. The clock stands at the session's end.
 */
export function measureSessions(
  scorer: SessionScorer,
  sessions: SessionColumns,
  options: SessionKnnOptions,
  cases = Infinity,
): SessionFigures {
  const { offsets, items, end, length } = sessions
  const positions = items.length - length
  const stride = Math.max(1, positions / cases)
  let due = 0
  let position = 0
  let measured = 0
  let hits = 0
  let reciprocal = 0
  for (let s = 0; s < length; s++) {
    for (let i = offsets[s] + 1; i < offsets[s + 1]; i++) {
      if (position++ < due) continue
      due += stride
      measured++
      scorer.run(items.subarray(offsets[s], i), end[s], options)
      const rank = sessionRank(scorer, items[i])
      if (rank > CUTOFF) continue
      hits++
      reciprocal += 1 / rank
    }
  }
  const of = Math.max(measured, 1)
  return { hr20: hits / of, mrr20: reciprocal / of, cases: measured }
}

/** Rank of a product in the scorer's last answer, ties counted against it; Infinity when it has no score. */
export function sessionRank(scorer: SessionScorer, row: number): number {
  const { score, touched, length } = scorer
  const own = score[row]
  if (!(own > 0)) return Infinity
  let rank = 0
  for (let i = 0; i < length; i++) if (score[touched[i]] >= own) rank++
  return rank
}

function worth(figures: SessionFigures): number {
  return figures.mrr20 + HIT_WORTH * figures.hr20
}
