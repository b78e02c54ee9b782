import { NeighbourListBuilder } from "./neighbour-list"
import type { Evidence } from "./evidence"
import type { SessionColumns } from "./sessions"
import type { Neighbours } from "./types"

export interface NextItemOptions {
  /** Neighbours kept for each product. */
  neighbours: number
  /** Two entries further apart in a history say nothing of each other. Bounds the cost of long histories. */
  window: number
  /** A pair d places apart weighs d^-distance. */
  distance: number
  /** Factor of pairs in which the neighbour came before. */
  backward: number
  /** A history of n entries weighs n^-length. */
  length: number
  /** Exponents that damp the popularity of the product that is given and of its neighbour. */
  damping_given: number
  damping_neighbour: number
  /** Histories in common at which a score counts half. */
  shrink: number
  /** A pair's weight halves once in so long, by its later entry; ms. Histories without times do not age. */
  half_life: number
}

/** Chosen on histories whose last entries were held out; a store chooses its own by `tuneNextItem`. */
export const NEXT_ITEM_DEFAULTS: NextItemOptions = {
  neighbours: 200,
  window: 50,
  distance: 0.5,
  backward: 0.4,
  length: 0.1,
  damping_given: 0.3,
  damping_neighbour: 0.2,
  shrink: 0.5,
  half_life: Infinity,
}

/** An entry at lag l from the history's last weighs e^(-l / 2). Chosen with the defaults above. */
const RECENT_DECAY = 2

/** Entries further back than this have no weight worth the time. */
const RECENT_ENTRIES = 20

/**
 * What comes next after a product in shoppers' histories:
 * list(a, b) = c / (c + shrink) x |a|^-g |b|^-n x sum over histories u holding a at p and b at q of
 *              |u|^-length |q - p|^-distance (x backward when q < p) x 2^(-age / half-life),
 * c the histories that hold both, |a| those that hold a. An item-based kNN (Deshpande and Karypis 2004) whose pairs know their
 * order and distance, as in sequential rules (Ludewig and Jannach 2018), damped as in RP3beta (Paudel et al. 2017).
 * `now`: Unix ms, read only for ages. Cost: entries x 2 window, then O(pairs log k). Memory: 8 bytes an entry, 20 a product,
 * 12 a kept neighbour.
 */
export function fitNextItem(
  sequences: SessionColumns,
  now: number,
  options: NextItemOptions = NEXT_ITEM_DEFAULTS,
): Neighbours {
  const { products, offsets, items, length } = sequences
  const { holders, places, sequenceOf, starts } = placesOf(sequences)
  const byDistance = powersOf(options.window, -options.distance)
  const aging = sequences.at !== undefined && options.half_life < Infinity
  const at = sequences.at ?? new Float64Array(0)
  const rate = -Math.LN2 / options.half_life
  const sequenceWeight = new Float64Array(length)
  for (let s = 0; s < length; s++) {
    const entries = offsets[s + 1] - offsets[s]
    if (entries > 0) sequenceWeight[s] = Math.exp(-options.length * Math.log(entries))
  }
  const given = new Float64Array(products)
  const neighbour = new Float64Array(products)
  for (let p = 0; p < products; p++) {
    const log = Math.log(Math.max(1, holders[p]))
    given[p] = Math.exp(-options.damping_given * log)
    neighbour[p] = Math.exp(-options.damping_neighbour * log)
  }
  const sums = new Float64Array(products)
  const counts = new Int32Array(products)
  const lastSequence = new Int32Array(products).fill(-1)
  const touched = new Int32Array(products)
  const list = new NeighbourListBuilder(options.neighbours)
  for (let a = 0; a < products; a++) {
    let used = 0
    for (let k = starts[a]; k < starts[a + 1]; k++) {
      const p = places[k]
      const s = sequenceOf[p]
      const from = Math.max(offsets[s], p - options.window)
      const to = Math.min(offsets[s + 1], p + options.window + 1)
      for (let q = from; q < to; q++) {
        const b = items[q]
        if (b === a) continue
        let part = sequenceWeight[s] * (q > p ? byDistance[q - p] : options.backward * byDistance[p - q])
        if (aging) part *= Math.exp(rate * Math.max(0, now - at[Math.max(p, q)]))
        if (part <= 0) continue
        if (counts[b] === 0) touched[used++] = b
        if (lastSequence[b] !== s || counts[b] === 0) counts[b]++
        lastSequence[b] = s
        sums[b] += part
      }
    }
    for (let i = 0; i < used; i++) {
      const b = touched[i]
      list.offer(b, (sums[b] * given[a] * neighbour[b] * counts[b]) / (counts[b] + options.shrink))
    }
    list.next(counts)
    for (let i = 0; i < used; i++) {
      sums[touched[i]] = 0
      counts[touched[i]] = 0
    }
  }
  return list.finish()
}

/**
 * The last entries of a history as evidence, the latest the heaviest; of a product that came twice the later counts.
 * `rows` oldest first; weights sum to 1.
 */
export function recentEvidence(rows: ArrayLike<number>, decay = RECENT_DECAY): Evidence {
  const from = Math.max(0, rows.length - RECENT_ENTRIES)
  const kept = new Int32Array(rows.length - from)
  const weights = new Float32Array(rows.length - from)
  let length = 0
  let sum = 0
  for (let i = rows.length - 1; i >= from; i--) {
    if (rows[i] < 0 || kept.subarray(0, length).includes(rows[i])) continue
    const weight = Math.exp((i - rows.length + 1) / decay)
    kept[length] = rows[i]
    weights[length++] = weight
    sum += weight
  }
  for (let i = 0; i < length; i++) weights[i] /= sum
  return { length, rows: kept.subarray(0, length), weights: weights.subarray(0, length) }
}

/** Where each product stands: places in `items` grouped by product, and the histories that hold it. */
function placesOf(sequences: SessionColumns): {
  holders: Int32Array
  places: Int32Array
  sequenceOf: Int32Array
  starts: Int32Array
} {
  const { products, offsets, items, length } = sequences
  const holders = new Int32Array(products)
  const seen = new Int32Array(products).fill(-1)
  const sequenceOf = new Int32Array(items.length)
  const starts = new Int32Array(products + 1)
  for (let s = 0; s < length; s++) {
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      const item = items[i]
      if (!(item >= 0 && item < products)) {
        throw new RangeError(`next item: product row ${item} in a history; rows go from 0 to ${products - 1}`)
      }
      sequenceOf[i] = s
      starts[item + 1]++
      if (seen[item] === s) continue
      seen[item] = s
      holders[item]++
    }
  }
  for (let p = 0; p < products; p++) starts[p + 1] += starts[p]
  const next = starts.slice(0, products)
  const places = new Int32Array(items.length)
  for (let i = 0; i < items.length; i++) places[next[items[i]]++] = i
  return { holders, places, sequenceOf, starts }
}

/** d^exponent for d from 0 (unused) to `most`. */
function powersOf(most: number, exponent: number): Float64Array {
  const powers = new Float64Array(most + 1)
  for (let d = 1; d <= most; d++) powers[d] = Math.exp(exponent * Math.log(d))
  return powers
}
