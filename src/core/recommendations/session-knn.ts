import { TopK } from "../data"
import type { SessionIndex } from "./session-index"
import type { SessionKnnOptions } from "./session-knn-options"

export { fitSessionKnn, type SessionIndex, type SessionIndexOptions } from "./session-index"
export { SESSION_KNN_DEFAULTS, type SessionKnnOptions } from "./session-knn-options"
export { sessionsOf, type SessionColumns } from "./sessions"

/** Live items that can be named as evidence: bits of a mask. */
const MOST_SLOTS = 31

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
  /** By neighbour, a bit for each live item; by live item, its sums for the product asked about. */
  private held = new Int32Array(0)
  private readonly of = new Int32Array(MOST_SLOTS)
  private readonly both = new Int32Array(MOST_SLOTS)
  private readonly parts = new Float64Array(MOST_SLOTS)
  private evidenceReady = false

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

  /**
   * Null when no neighbour spoke for the product, e.g. for a mere return. Looks at the last 31 live items.
   * Cost: k x session length.
   */
  evidenceOf(row: number): SessionEvidence | null {
    const { offsets, items } = this.index
    const { bestRows, bestScores, held, parts, both } = this
    if (!this.evidenceReady) this.readEvidence()
    const slots = Math.min(this.liveCount, MOST_SLOTS)
    parts.fill(0)
    both.fill(0)
    for (let k = 0; k < this.kept; k++) {
      const to = offsets[bestRows[k] + 1]
      let i = offsets[bestRows[k]]
      while (i < to && items[i] !== row) i++
      if (i === to) continue
      for (let slot = 0; slot < slots; slot++) {
        if ((held[k] & (1 << slot)) === 0) continue
        both[slot]++
        parts[slot] += bestScores[k]
      }
    }
    let greatest = -1
    let most = 0
    for (let slot = 0; slot < slots; slot++) {
      const item = this.liveRows[slot]
      const part = item === row ? 0 : parts[slot] * this.live[item] * this.idfIn[item]
      if (part <= most) continue
      most = part
      greatest = slot
    }
    if (greatest < 0) return null
    return { item: this.liveRows[greatest], both: both[greatest], of: this.of[greatest] }
  }

  /** Which live items each neighbour holds, once an answer. */
  private readEvidence(): void {
    const { offsets, items } = this.index
    const { live, liveRows, held, of } = this
    of.fill(0)
    for (let k = 0; k < this.kept; k++) {
      let mask = 0
      for (let i = offsets[this.bestRows[k]]; i < offsets[this.bestRows[k] + 1]; i++) {
        if (live[items[i]] === 0) continue
        const slot = liveRows.indexOf(items[i])
        if (slot < MOST_SLOTS) mask |= 1 << slot
      }
      held[k] = mask
      for (let slot = 0; mask !== 0; slot++, mask >>>= 1) of[slot] += mask & 1
    }
    this.evidenceReady = true
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
    this.evidenceReady = false
    if (this.liveRows.length !== liveItems) this.liveRows = new Int32Array(liveItems)
    if (this.bestRows.length !== neighbours) {
      this.best = new TopK(neighbours)
      this.bestRows = new Int32Array(neighbours)
      this.bestScores = new Float64Array(neighbours)
      this.held = new Int32Array(neighbours)
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
