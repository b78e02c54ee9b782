import { TopK } from "../data"
import type { SessionIndex } from "./session-index"

export { fitSessionKnn, type SessionIndex, type SessionIndexOptions } from "./session-index"
export { sessionsOf, type SessionColumns } from "./sessions"

/** How a live session is scored. Lags count from the live session's last entry, which has lag 0. */
export interface SessionKnnOptions {
  /** Entries of the live session that are looked at, the last. */
  live_items: number
  /** An entry at lag l weighs e^(-l / live_decay). */
  live_decay: number
  /** Exponent of a shared item's inverse document frequency in the similarity. */
  idf: number
  /** A neighbour of age a counts 1 / (1 + a / recency); ms. */
  recency: number
  /** Similarities are divided by (length of the neighbour)^length_exponent. */
  length_exponent: number
  /** Neighbour sessions that vote. */
  neighbours: number
  /** An entry d places from the match counts e^(-(d - 1) / reach). */
  reach: number
  /** Factor of entries before the match. */
  backward: number
  /** Exponent of a scored item's inverse document frequency. */
  item_idf: number
  /** Factor on what the neighbours say for items of the live session. */
  own: number
  /** Share of entries that return to an item of their session, before the live session is looked at, and how many entries that guess is worth. */
  repeat_prior: number
  repeat_strength: number
  /** A return to an entry at lag l weighs 1 / (1 + l / repeat_reach), at lag 0 times `repeat_last`. */
  repeat_reach: number
  repeat_last: number
}

/** Between what `tuneSessionKnn` chose on two public sets; a store chooses its own. */
export const SESSION_KNN_DEFAULTS: SessionKnnOptions = {
  live_items: 20,
  live_decay: 3,
  idf: 1.5,
  recency: 5 * 86_400_000,
  length_exponent: 0.25,
  neighbours: 300,
  reach: 5,
  backward: 0.8,
  item_idf: 0.25,
  own: 1,
  repeat_prior: 0.4,
  repeat_strength: 2,
  repeat_reach: 2,
  repeat_last: 1,
}

/** What spoke for an item: `both` of the `of` neighbour sessions that held the live session's `item` held the scored one too. */
export interface SessionEvidence {
  item: number
  both: number
  of: number
}

/**
 * Scores the next item of a live session from the sessions that are like it.
 *
 * sim(n) = sum over items a of both of w_a idf_a^i x 1 / (1 + age(n) / recency) / |n|^l; the k most similar vote:
 * knn(b) = idf_b^j sum over n of sim(n) e^(-(d - 1) / reach) (x backward before the match), d the places between b and n's
 * last entry of the live item with the greatest weight. This is STAN (Garg et al. 2019) with the idf of VSTAN (Ludewig et
 * al. 2021) and a decay by age with a long tail. A return to an item of the live session is a second way to go on (as
 * RepeatNet has it, Ren et al. 2019), with a chance learned within the session, beta-binomial:
 * r = (returns so far + prior x strength) / (entries so far - 1 + strength), and
 * score(b) = knn(b) (x own for a live item) + sum of knn x r / (1 - r) x share of b among the live entries by lag.
 *
 * Cost: live items x sessions per item + k x session length. Memory: 12 bytes a session and 40 a product, kept between
 * calls; a call invalidates the result of the one before.
 */
export class SessionScorer {
  readonly score: Float64Array
  /** Rows that have a score, `length` of them, in no order. */
  readonly touched: Int32Array
  length = 0
  private readonly similarity: Float64Array
  private readonly candidates: Int32Array
  /** Of items of the live session: weight in the similarity, and weight as a return. Else 0. */
  private readonly live: Float64Array
  private readonly returns: Float64Array
  private readonly idf: Float64Array
  private readonly idfIn: Float64Array
  private readonly idfOut: Float64Array
  private idfExponents = ""
  /** By the length of a neighbour: length^-length_exponent. */
  private readonly lengthFactor: Float64Array
  private lengthExponent = Number.NaN
  private liveRows = new Int32Array(0)
  private liveCount = 0
  private best = new TopK(0)
  private bestRows = new Int32Array(0)
  private bestScores = new Float64Array(0)
  private kept = 0

  constructor(private readonly index: SessionIndex) {
    const { products, sessions_of: sessionsOf } = index
    this.score = new Float64Array(products)
    this.touched = new Int32Array(products)
    this.live = new Float64Array(products)
    this.returns = new Float64Array(products)
    this.similarity = new Float64Array(index.end.length)
    this.candidates = new Int32Array(index.end.length)
    this.idf = new Float64Array(products)
    this.idfIn = new Float64Array(products)
    this.idfOut = new Float64Array(products)
    let longest = 0
    for (let s = 0; s < index.end.length; s++) {
      longest = Math.max(longest, index.offsets[s + 1] - index.offsets[s])
    }
    this.lengthFactor = new Float64Array(longest + 1)
    for (let p = 0; p < products; p++) {
      this.idf[p] = sessionsOf[p] > 0 ? Math.log((index.end.length + 1) / sessionsOf[p]) : 0
    }
  }

  /**
   * `items`: product rows of the live session, oldest first; rows below 0 are passed over. `now`: Unix ms. With `repeats`
   * false no item of the live session is scored.
   */
  run(items: ArrayLike<number>, now: number, options: SessionKnnOptions, repeats = true): void {
    this.prepare(options)
    const returned = this.readLive(items, options)
    this.findNeighbours(now, options)
    this.vote(options)
    const total = this.weigh()
    this.addReturns(returned, total, options, repeats)
  }

  /** Null when no neighbour spoke for the product, e.g. for a mere return. Cost: k x session length. */
  evidenceOf(row: number): SessionEvidence | null {
    const { offsets, items } = this.index
    const { live, liveRows } = this
    const parts = new Float64Array(this.liveCount)
    const both = new Int32Array(this.liveCount)
    const of = new Int32Array(this.liveCount)
    const held = new Uint8Array(this.liveCount)
    for (let k = 0; k < this.kept; k++) {
      held.fill(0)
      let has = false
      for (let i = offsets[this.bestRows[k]]; i < offsets[this.bestRows[k] + 1]; i++) {
        if (items[i] === row) has = true
        if (live[items[i]] > 0) held[liveRows.indexOf(items[i])] = 1
      }
      for (let a = 0; a < this.liveCount; a++) {
        if (held[a] === 0) continue
        of[a]++
        if (!has || liveRows[a] === row) continue
        both[a]++
        parts[a] += this.bestScores[k] * live[liveRows[a]] * this.idfIn[liveRows[a]]
      }
    }
    let greatest = -1
    for (let a = 0; a < this.liveCount; a++) {
      if (parts[a] > 0 && (greatest < 0 || parts[a] > parts[greatest])) greatest = a
    }
    return greatest < 0 ? null : { item: liveRows[greatest], both: both[greatest], of: of[greatest] }
  }

  /** Forgets the last call and makes room for these options. */
  private prepare(options: SessionKnnOptions): void {
    const { neighbours, live_items: liveItems } = options
    for (let i = 0; i < this.length; i++) this.score[this.touched[i]] = 0
    this.length = 0
    for (let a = 0; a < this.liveCount; a++) {
      this.live[this.liveRows[a]] = 0
      this.returns[this.liveRows[a]] = 0
    }
    this.liveCount = 0
    if (this.liveRows.length !== liveItems) this.liveRows = new Int32Array(liveItems)
    if (this.bestRows.length !== neighbours) {
      this.best = new TopK(neighbours)
      this.bestRows = new Int32Array(neighbours)
      this.bestScores = new Float64Array(neighbours)
    }
    if (this.lengthExponent !== options.length_exponent) {
      this.lengthExponent = options.length_exponent
      for (let l = 1; l < this.lengthFactor.length; l++) {
        this.lengthFactor[l] = Math.exp(-options.length_exponent * Math.log(l))
      }
    }
    const exponents = `${options.idf} ${options.item_idf}`
    if (this.idfExponents === exponents) return
    this.idfExponents = exponents
    for (let p = 0; p < this.idf.length; p++) {
      const log = this.idf[p] > 0 ? Math.log(this.idf[p]) : -Infinity
      this.idfIn[p] = log === -Infinity ? 0 : Math.exp(options.idf * log)
      this.idfOut[p] = log === -Infinity ? 0 : Math.exp(options.item_idf * log)
    }
  }

  /** Weighs the live entries and returns how many of them return to an earlier one. */
  private readLive(items: ArrayLike<number>, options: SessionKnnOptions): number {
    const { live, returns, liveRows } = this
    const from = Math.max(0, items.length - options.live_items)
    let returned = 0
    for (let i = items.length - 1; i >= from; i--) {
      const item = items[i]
      if (item < 0 || item >= live.length) continue
      const lag = items.length - 1 - i
      if (live[item] === 0) {
        liveRows[this.liveCount++] = item
        live[item] = Math.exp(-lag / options.live_decay)
      } else returned++
      returns[item] += (lag === 0 ? options.repeat_last : 1) / (1 + lag / options.repeat_reach)
    }
    return returned
  }

  private findNeighbours(now: number, options: SessionKnnOptions): void {
    const { similarity, candidates, live, liveRows, lengthFactor, best } = this
    const { offsets, end, posting_offsets: postingOffsets, postings } = this.index
    let found = 0
    for (let a = 0; a < this.liveCount; a++) {
      const item = liveRows[a]
      const weight = live[item] * this.idfIn[item]
      if (weight <= 0) continue
      for (let i = postingOffsets[item]; i < postingOffsets[item + 1]; i++) {
        const session = postings[i]
        if (similarity[session] === 0) candidates[found++] = session
        similarity[session] += weight
      }
    }
    for (let i = 0; i < found; i++) {
      const session = candidates[i]
      const length = offsets[session + 1] - offsets[session]
      const age = Math.max(0, now - end[session])
      const worth = (similarity[session] * lengthFactor[length]) / (1 + age / options.recency)
      if (worth >= best.bar) best.offer(session, worth)
      similarity[session] = 0
    }
    this.kept = best.drain(this.bestRows, this.bestScores)
  }

  private vote(options: SessionKnnOptions): void {
    const { score, touched, live } = this
    const { offsets, items } = this.index
    const step = Math.exp(-1 / options.reach)
    for (let k = 0; k < this.kept; k++) {
      const from = offsets[this.bestRows[k]]
      const to = offsets[this.bestRows[k] + 1]
      let match = from
      let greatest = 0
      for (let i = from; i < to; i++) {
        if (live[items[i]] > 0 && live[items[i]] >= greatest) {
          greatest = live[items[i]]
          match = i
        }
      }
      let part = this.bestScores[k]
      for (let i = match + 1; i < to; i++) {
        if (score[items[i]] === 0) touched[this.length++] = items[i]
        score[items[i]] += part
        part *= step
      }
      part = this.bestScores[k] * options.backward
      if (part <= 0) continue
      for (let i = match - 1; i >= from; i--) {
        if (score[items[i]] === 0) touched[this.length++] = items[i]
        score[items[i]] += part
        part *= step
      }
    }
  }

  private weigh(): number {
    const { score, touched, idfOut } = this
    let total = 0
    for (let i = 0; i < this.length; i++) {
      score[touched[i]] *= idfOut[touched[i]]
      total += score[touched[i]]
    }
    return total
  }

  private addReturns(returned: number, total: number, options: SessionKnnOptions, repeats: boolean): void {
    const { score, touched, liveRows, returns } = this
    const entries = this.liveCount + returned
    let sum = 0
    for (let a = 0; a < this.liveCount; a++) sum += returns[liveRows[a]]
    let factor = 0
    if (repeats && sum > 0) {
      const { repeat_prior: prior, repeat_strength: strength } = options
      const chance = (returned + prior * strength) / (entries - 1 + strength)
      // Without neighbours any total gives the same order.
      factor = ((total > 0 ? total : 1) * Math.min(chance / Math.max(1 - chance, 1e-3), 1e3)) / sum
    }
    const own = repeats ? options.own : 0
    let emptied = false
    for (let a = 0; a < this.liveCount; a++) {
      const item = liveRows[a]
      const value = score[item] * own + returns[item] * factor
      if (score[item] === 0 && value > 0) touched[this.length++] = item
      else if (score[item] > 0 && value === 0) emptied = true
      score[item] = value
    }
    if (!emptied) return
    let used = 0
    for (let i = 0; i < this.length; i++) if (score[touched[i]] > 0) touched[used++] = touched[i]
    this.length = used
  }
}
