import { Int32Column, TopK, transpose, type Csr } from "../data"
import { liftLowerBound } from "./bought-together"
import { CoOccurrence } from "./co-occurrence"

export interface AssociationRuleOptions {
  /** Rules kept at most. */
  most: number
  /** Orders that must hold all products of a rule, at least 2. Default 5. */
  min_orders?: number
  /** Default 0.05. */
  min_confidence?: number
  /** The lower end of the lift's 95 % interval must be above this. Default 1. */
  min_lift?: number
  /**
   * Pairs that are tried as the two antecedents of one rule, the most frequent ones; 0 for none. Default
   * 2,000.
   */
  pairs?: number
}

/**
 * Rules as parallel columns, best first. N orders, A of them hold the antecedents, B the consequent, O all.
 */
export interface AssociationRules {
  length: number
  orders: number
  antecedent: Int32Array
  /** Row of the second antecedent, -1 where there is one alone. */
  and: Int32Array
  consequent: Int32Array
  /** O, A and B. */
  together: Int32Array
  antecedent_orders: Int32Array
  consequent_orders: Int32Array
  /** O / N, and P(consequent | antecedents) = O / A. */
  support: Float64Array
  confidence: Float64Array
  /** O N / (A B), and the lower end of its 95 % interval, shrunk. */
  lift: Float64Array
  lift_low: Float64Array
  /** O / N - A B / N^2: share of orders beyond what chance explains. */
  leverage: Float64Array
  /** (1 - B / N) / (1 - O / A); Infinity where the rule never failed. */
  conviction: Float64Array
  /** Chance of O or more if the two were independent: Fisher's exact test, one-sided. */
  p: Float64Array
}

/**
 * Rules "who orders a (and b) also orders c" for a report.
 *
 * Support, confidence: Agrawal, Imielinski, Swami 1993; lift, conviction: Brin, Motwani, Ullman, Tsur 1997;
 * leverage: Piatetsky-Shapiro 1991; the lift's lower end: Norén et al. 2013 (see `liftLowerBound`); p: Fisher
 * 1935, not corrected for the many pairs looked at. A rule of two antecedents must be more confident than
 * either alone (improvement above 0: Bayardo, Agrawal, Gunopulos 1999). Ranked by confidence x (1 - 1 /
 * lift's lower end): what a reader can act on.
 *
 * Cost: sum over orders of size squared, as `boughtTogether`, and for each of at most `pairs` pairs the lines
 * of the orders that hold it. Memory: 24 bytes a line of an order, 20 a product, about 100 a kept rule.
 */
export function associationRules(baskets: Csr, options: AssociationRuleOptions): AssociationRules {
  const { most, min_orders = 5, min_confidence = 0.05, min_lift = 1, pairs = 2000 } = options
  if (!(Number.isInteger(min_orders) && min_orders >= 2)) {
    throw new RangeError(
      `association rules: min_orders must be a whole number of at least 2, got ${min_orders}`,
    )
  }
  if (!(Number.isInteger(pairs) && pairs >= 0)) {
    throw new RangeError(`association rules: pairs must be a whole number >= 0, got ${pairs}`)
  }
  let orders = 0
  for (let b = 0; b < baskets.rows; b++) if (baskets.offsets[b + 1] > baskets.offsets[b]) orders++
  const search = new RuleSearch(baskets, orders, most, min_orders, min_confidence, min_lift)
  const frequent = search.pairs(pairs)
  search.triples(frequent)
  return search.finish()
}

interface FrequentPairs {
  a: Int32Array
  b: Int32Array
  count: Int32Array
}

class RuleSearch {
  private readonly pair: CoOccurrence
  private readonly best: TopK
  private readonly antecedent = new Int32Column()
  private readonly and = new Int32Column()
  private readonly consequent = new Int32Column()
  private readonly together = new Int32Column()
  private readonly given = new Int32Column()

  constructor(
    private readonly baskets: Csr,
    private readonly orders: number,
    private readonly most: number,
    private readonly minOrders: number,
    private readonly minConfidence: number,
    private readonly minLift: number,
  ) {
    this.pair = new CoOccurrence(baskets, new Float32Array(baskets.rows).fill(1))
    this.best = new TopK(most)
  }

  /** All rules of one antecedent; returns the `keep` most frequent pairs. */
  pairs(keep: number): FrequentPairs {
    const { pair } = this
    const frequent = new TopK(keep)
    const a_ = new Int32Column()
    const b_ = new Int32Column()
    const count = new Int32Column()
    for (let a = 0; a < this.baskets.columnCount; a++) {
      if (pair.ownCounts[a] < this.minOrders) continue
      const touched = pair.collect(a)
      for (let i = 0; i < touched; i++) {
        const b = pair.touched[i]
        const both = pair.counts[b]
        if (both < this.minOrders) continue
        this.offer(a, -1, b, both, pair.ownCounts[a])
        if (a > b || both < frequent.bar) continue
        frequent.offer(a_.length, both)
        a_.push(a)
        b_.push(b)
        count.push(both)
      }
    }
    const kept = new Int32Array(keep)
    const used = frequent.drain(kept, new Float64Array(keep))
    const [allA, allB, allCounts] = [a_.finish(), b_.finish(), count.finish()]
    return {
      a: kept.slice(0, used).map((i) => allA[i]),
      b: kept.slice(0, used).map((i) => allB[i]),
      count: kept.slice(0, used).map((i) => allCounts[i]),
    }
  }

  /** Rules whose antecedents are two: for each pair, the orders that hold both are read once. */
  triples(frequent: FrequentPairs): void {
    const { offsets, columns, columnCount } = this.baskets
    const byProduct = transpose(this.baskets)
    const counts = new Int32Array(columnCount)
    const countsOfA = new Int32Array(columnCount)
    const touched = new Int32Array(columnCount)
    const holdsA = new Int32Array(this.baskets.rows).fill(-1)
    const byFirst = new Int32Array(frequent.a.length).map((_, i) => i)
    byFirst.sort((x, y) => frequent.a[x] - frequent.a[y] || x - y)
    let marked = -1
    for (let k = 0; k < byFirst.length; k++) {
      const a = frequent.a[byFirst[k]]
      const b = frequent.b[byFirst[k]]
      const given = frequent.count[byFirst[k]]
      if (a !== marked) {
        marked = a
        for (let i = byProduct.offsets[a]; i < byProduct.offsets[a + 1]; i++) holdsA[byProduct.columns[i]] = a
        countsOfA.fill(0)
        const near = this.pair.collect(a)
        for (let i = 0; i < near; i++)
          countsOfA[this.pair.touched[i]] = this.pair.counts[this.pair.touched[i]]
      }
      let used = 0
      for (let i = byProduct.offsets[b]; i < byProduct.offsets[b + 1]; i++) {
        const order = byProduct.columns[i]
        if (holdsA[order] !== a) continue
        for (let j = offsets[order]; j < offsets[order + 1]; j++) {
          const c = columns[j]
          if (counts[c]++ === 0) touched[used++] = c
        }
      }
      this.pair.collect(b)
      for (let i = 0; i < used; i++) {
        const c = touched[i]
        const all = counts[c]
        counts[c] = 0
        if (c === a || c === b || all < this.minOrders) continue
        const confidence = all / given
        const alone = Math.max(
          countsOfA[c] / this.pair.ownCounts[a],
          this.pair.counts[c] / this.pair.ownCounts[b],
        )
        if (confidence > alone) this.offer(a, b, c, all, given)
      }
    }
  }

  private offer(a: number, and: number, c: number, together: number, given: number): void {
    const confidence = together / given
    if (confidence < this.minConfidence || confidence < this.best.bar) return
    const bound = liftLowerBound(together, (given * this.pair.ownCounts[c]) / this.orders)
    const score = confidence * (1 - 1 / bound)
    if (!(bound > this.minLift) || score <= this.best.bar) return
    this.best.offer(this.antecedent.length, score)
    this.antecedent.push(a)
    this.and.push(and)
    this.consequent.push(c)
    this.together.push(together)
    this.given.push(given)
  }

  finish(): AssociationRules {
    const places = new Int32Array(this.most)
    const length = this.best.drain(places, new Float64Array(this.most))
    const take = (column: Int32Column): Int32Array => {
      const all = column.finish()
      return places.slice(0, length).map((i) => all[i])
    }
    const consequent = take(this.consequent)
    const together = take(this.together)
    const given = take(this.given)
    const ofConsequent = consequent.map((c) => this.pair.ownCounts[c])
    const out: AssociationRules = {
      length,
      orders: this.orders,
      antecedent: take(this.antecedent),
      and: take(this.and),
      consequent,
      together,
      antecedent_orders: given,
      consequent_orders: ofConsequent,
      support: new Float64Array(length),
      confidence: new Float64Array(length),
      lift: new Float64Array(length),
      lift_low: new Float64Array(length),
      leverage: new Float64Array(length),
      conviction: new Float64Array(length),
      p: new Float64Array(length),
    }
    const logs = logFactorials(this.orders)
    for (let i = 0; i < length; i++) {
      const expected = (given[i] * ofConsequent[i]) / this.orders
      out.support[i] = together[i] / this.orders
      out.confidence[i] = together[i] / given[i]
      out.lift[i] = together[i] / expected
      out.lift_low[i] = liftLowerBound(together[i], expected)
      out.leverage[i] = (together[i] - expected) / this.orders
      out.conviction[i] = (1 - ofConsequent[i] / this.orders) / (1 - out.confidence[i])
      out.p[i] = fisherUpper(logs, together[i], given[i], ofConsequent[i], this.orders)
    }
    return out
  }
}

/** ln 0! .. ln n! */
export function logFactorials(n: number): Float64Array {
  const out = new Float64Array(n + 1)
  for (let i = 2; i <= n; i++) out[i] = out[i - 1] + Math.log(i)
  return out
}

/**
 * P(X >= both) for X hypergeometric: `both` of `a` and `b` among `n` (Fisher 1935; the tea tasting: 4 of 4
 * and 4 among 8 gives 1 / 70). Terms are summed until they no longer count. Cost: O(min(a, b) - both).
 */
export function fisherUpper(logs: Float64Array, both: number, a: number, b: number, n: number): number {
  const from = Math.max(both, a + b - n, 0)
  const to = Math.min(a, b)
  if (from > to) return 0
  const start =
    logs[a] +
    logs[n - a] +
    logs[b] +
    logs[n - b] -
    logs[n] -
    logs[from] -
    logs[a - from] -
    logs[b - from] -
    logs[n - a - b + from]
  let term = Math.exp(start)
  let sum = term
  for (let x = from; x < to; x++) {
    const ratio = ((a - x) * (b - x)) / ((x + 1) * (n - a - b + x + 1))
    term *= ratio
    sum += term
    if (ratio < 1 && term < sum * 1e-15) break
  }
  return Math.min(sum, 1)
}
