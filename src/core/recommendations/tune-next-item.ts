import type { AttributeIndex } from "./attribute-likeness"
import { fitNextItem, NEXT_ITEM_DEFAULTS, type NextItemOptions } from "./next-item"
import { NEXT_ITEM_BLEND, NextItemScorer, type NextItemBlend } from "./next-item-scorer"
import { sliceSessions, type SessionColumns } from "./sessions"

/** Ranks beyond this count as a miss. */
const CUTOFF = 10

/** What nDCG counts beside the hit rate. */
const ORDER_WORTH = 1.5

/** A change must gain more than so many cases' worth, so that noise does not move the options of a small store. */
const LEAST_CASES = 1.5

const FIT_GRID: readonly (readonly [keyof NextItemOptions, readonly number[]])[] = [
  ["backward", [0.2, 0.4, 0.6, 0.9]],
  ["distance", [0.25, 0.5, 0.75, 1]],
  ["damping_given", [0, 0.15, 0.3, 0.5]],
  ["damping_neighbour", [0, 0.2, 0.4, 0.6]],
  ["length", [0, 0.1, 0.3, 0.6]],
  ["shrink", [0, 0.5, 2]],
]

const BLEND_GRID: readonly (readonly [keyof NextItemBlend, readonly number[]])[] = [
  ["add", [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8]],
  ["lift", [0, 0.5, 1, 2, 4]],
  ["decay", [1, 1.5, 2, 3, 5]],
  ["likeness_decay", [1, 2, 3, 6, 12]],
]

export interface NextItemTuningOptions {
  /** Histories measured for each candidate, spread evenly. Default 2,000. */
  cases?: number
  /** Entries of histories learned from while choosing, the most recent. Bounds the cost. Default 300,000. */
  entries?: number
  /** Times through the grid. Default 2. */
  passes?: number
}

export interface NextItemFigures {
  /** Share of cases whose next item stands among the first 10, and mean of 1 / log2(rank + 1), 0 beyond 10. */
  hr10: number
  ndcg10: number
  cases: number
}

export interface NextItemTuning {
  options: NextItemOptions
  blend: NextItemBlend
  figures: NextItemFigures
}

/**
 * Chooses how next items are learned and blended for a store: holds out the last entry of each history of three or more, fits on
 * the rest and, one option at a time, keeps the value that predicts it best by HR@10 + 1.5 nDCG@10 (coordinate search).
 * Cost: at most passes x 23 fits of `entries` entries and passes x 47 x cases answers.
 */
export function tuneNextItem(
  sequences: SessionColumns,
  now: number,
  attributes: AttributeIndex | null,
  options: NextItemTuningOptions = {},
): NextItemTuning {
  const { cases = 2_000, entries = 300_000, passes = 2 } = options
  let first = sequences.length
  while (first > 0 && sequences.items.length - sequences.offsets[first - 1] <= entries) first--
  const recent = sliceSessions(sequences, first, sequences.length)
  const { train, histories, targets } = withoutLast(recent, cases)
  let best = { ...NEXT_ITEM_DEFAULTS }
  let blend = attributes === null ? { ...NEXT_ITEM_BLEND, lift: 0, add: 0 } : { ...NEXT_ITEM_BLEND }
  let scorer = new NextItemScorer(fitNextItem(train, now, best), attributes)
  let figures = measureNextItem(scorer, histories, targets, blend)
  const leastGain = LEAST_CASES / Math.max(1, figures.cases)
  const better = (measured: NextItemFigures): boolean => worth(measured) > worth(figures) + leastGain
  for (let pass = 0; pass < passes; pass++) {
    let moved = false
    for (const [name, values] of BLEND_GRID) {
      if (attributes === null && name !== "decay") continue
      for (const value of values) {
        if (value === blend[name]) continue
        const candidate = { ...blend, [name]: value }
        const measured = measureNextItem(scorer, histories, targets, candidate)
        if (!better(measured)) continue
        blend = candidate
        figures = measured
        moved = true
      }
    }
    for (const [name, values] of FIT_GRID) {
      for (const value of values) {
        if (value === best[name]) continue
        const candidate = { ...best, [name]: value }
        const fitted = new NextItemScorer(fitNextItem(train, now, candidate), attributes)
        const measured = measureNextItem(fitted, histories, targets, blend)
        if (!better(measured)) continue
        best = candidate
        figures = measured
        scorer = fitted
        moved = true
      }
    }
    if (!moved) break
  }
  return { options: best, blend, figures }
}

/** Ranks each target after its history; products of the history are not shown, ties count against the scorer. */
export function measureNextItem(
  scorer: NextItemScorer,
  histories: readonly Int32Array[],
  targets: ArrayLike<number>,
  blend: NextItemBlend,
): NextItemFigures {
  let hits = 0
  let gained = 0
  for (let c = 0; c < histories.length; c++) {
    scorer.run(histories[c], blend)
    const rank = nextItemRank(scorer, histories[c], targets[c])
    if (rank > CUTOFF) continue
    hits++
    gained += 1 / Math.log2(rank + 1)
  }
  const of = Math.max(histories.length, 1)
  return { hr10: hits / of, ndcg10: gained / of, cases: histories.length }
}

/** Rank in the scorer's last answer without the products of the history; Infinity when the target has no score or is one of them. */
export function nextItemRank(scorer: NextItemScorer, history: Int32Array, target: number): number {
  const { score, touched, length } = scorer
  const own = score[target]
  if (!(own > 0) || history.includes(target)) return Infinity
  let rank = 0
  for (let i = 0; i < length; i++) if (score[touched[i]] >= own && !history.includes(touched[i])) rank++
  return rank
}

/** The histories without the last entry of each that has three or more, and `cases` of these as cases, spread evenly. */
function withoutLast(
  sequences: SessionColumns,
  cases: number,
): { train: SessionColumns; histories: Int32Array[]; targets: Int32Array } {
  const { length, offsets, items } = sequences
  const begins = new Int32Array(length + 1)
  const kept = new Int32Array(items.length)
  const at = sequences.at === undefined ? undefined : new Float64Array(items.length)
  let eligible = 0
  for (let s = 0; s < length; s++) {
    const whole = offsets[s + 1] - offsets[s]
    const left = whole >= 3 ? whole - 1 : whole
    kept.set(items.subarray(offsets[s], offsets[s] + left), begins[s])
    if (sequences.at !== undefined) at?.set(sequences.at.subarray(offsets[s], offsets[s] + left), begins[s])
    begins[s + 1] = begins[s] + left
    if (whole >= 3) eligible++
  }
  const histories: Int32Array[] = []
  const targets: number[] = []
  const stride = Math.max(1, eligible / cases)
  let place = 0
  let due = 0
  for (let s = 0; s < length; s++) {
    if (offsets[s + 1] - offsets[s] < 3 || place++ < due) continue
    due += stride
    histories.push(kept.slice(begins[s], begins[s + 1]))
    targets.push(items[offsets[s + 1] - 1])
  }
  const train: SessionColumns = {
    length,
    products: sequences.products,
    offsets: begins,
    items: kept.subarray(0, begins[length]),
    end: sequences.end,
    at: at?.subarray(0, begins[length]),
  }
  return { train, histories, targets: Int32Array.from(targets) }
}

function worth(figures: NextItemFigures): number {
  return figures.hr10 + ORDER_WORTH * figures.ndcg10
}
