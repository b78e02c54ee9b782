import { hitRate, reciprocalRank } from "../../src/core/evaluate/ranking"
import { fitSessionKnn, type SessionIndexOptions } from "../../src/core/recommendations/session-index"
import { SessionScorer, type SessionKnnOptions } from "../../src/core/recommendations/session-knn"
import type { SessionColumns } from "../../src/core/recommendations/sessions"
import { sessionRank, tuneSessionKnn } from "../../src/core/recommendations/tune-session-knn"
import type { BenchContext } from "../bench"
import { bytesOf, timesOf } from "./read"

/** One case: the entries seen, the entry that came next, and when (Unix ms). */
export interface NextCase {
  items: Int32Array
  target: number
  now: number
}

export interface SessionResult {
  hr20: number
  mrr20: number
  p50: number
  p99: number
  tune_seconds: number
  fit_seconds: number
  index_megabytes: number
  options: SessionKnnOptions
}

/** Rows of sessions given oldest first; `ends` in ms, ascending. */
export function sessionColumns(
  sessions: readonly (readonly number[])[],
  ends: readonly number[],
  products: number,
): SessionColumns {
  const offsets = new Int32Array(sessions.length + 1)
  for (let s = 0; s < sessions.length; s++) offsets[s + 1] = offsets[s] + sessions[s].length
  return {
    length: sessions.length,
    products,
    offsets,
    items: Int32Array.from(sessions.flat()),
    end: Float64Array.from(ends),
  }
}

/** Chooses options on the last part of `train`, fits on all of it and answers the cases once. */
export function measureNext(
  context: BenchContext,
  train: SessionColumns,
  cases: readonly NextCase[],
  heldOut: number,
  indexOptions: SessionIndexOptions = {},
): SessionResult {
  const began = performance.now()
  const tuning = tuneSessionKnn(train, { ...indexOptions, held_out: heldOut, cases: 5_000 })
  const tuned = performance.now()
  const { hr20, mrr20, cases: positions } = tuning.figures
  context.log(
    `validation: HR@20 ${hr20.toFixed(4)}, MRR@20 ${mrr20.toFixed(4)} on ${positions} positions of the last ` +
      `${Math.round(heldOut * 100)} % of train; chosen ${JSON.stringify(tuning.options)}`,
  )
  const index = fitSessionKnn(train, indexOptions)
  const fitted = performance.now()
  const scorer = new SessionScorer(index)
  const times = new Float64Array(cases.length)
  const ranks = new Float64Array(cases.length)
  for (let c = 0; c < cases.length; c++) {
    const { items, target, now } = cases[c]
    const from = performance.now()
    scorer.run(items, now, tuning.options)
    times[c] = performance.now() - from
    ranks[c] = sessionRank(scorer, target)
  }
  return {
    hr20: hitRate(ranks, 20),
    mrr20: reciprocalRank(ranks, 20),
    ...timesOf(times),
    tune_seconds: (tuned - began) / 1000,
    fit_seconds: (fitted - tuned) / 1000,
    index_megabytes: bytesOf(index) / 1e6,
    options: tuning.options,
  }
}
