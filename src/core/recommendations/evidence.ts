import { TopK } from "../data"
import { kindWeight } from "./matrices"
import { INTERACTION_KIND } from "./types"

/** Products that speak for what the shopper wants now, with weights that sum to 1 (or none at all). */
export interface Evidence {
  length: number
  rows: Int32Array
  weights: Float32Array
}

const DAY = 86_400_000

/** Tastes last: what a shopper did a year before their last visit still counts half. Chosen on windows before the test's. */
const HALF_LIFE_DAYS = 365

/** Products of a history that speak; the heaviest. Bounds the time of one answer. */
const MAX_EVIDENCE = 200

/**
 * A history as evidence: each product weighs the sum over its entries of kind x 2^(-age / half-life), the ages counted
 * from the latest entry, all weights scaled to sum 1. Arrays are parallel, in any order; `at` in Unix ms.
 */
export function evidenceOf(
  rows: ArrayLike<number>,
  kinds: ArrayLike<number>,
  at: ArrayLike<number>,
): Evidence {
  let latest = -Infinity
  for (let i = 0; i < at.length; i++) latest = Math.max(latest, at[i])
  const rate = -Math.LN2 / (HALF_LIFE_DAYS * DAY)
  const weightOf = new Map<number, number>()
  for (let i = 0; i < rows.length; i++) {
    const weight = kindWeight(kinds[i]) * Math.exp(rate * (latest - at[i]))
    weightOf.set(rows[i], (weightOf.get(rows[i]) ?? 0) + weight)
  }
  const best = new TopK(Math.min(weightOf.size, MAX_EVIDENCE))
  for (const [row, weight] of weightOf) best.offer(row, weight)
  const kept = new Int32Array(Math.min(weightOf.size, MAX_EVIDENCE))
  const raw = new Float64Array(kept.length)
  best.drain(kept, raw)
  return { length: kept.length, rows: kept, weights: normalised(raw) }
}

/**
 * How regularly a shopper buys each product: the share of their orders that held it. Lines of one moment are one order. Old
 * orders count in full: letting them decay lost more next orders than it won (bench/recommendations/online-retail).
 */
export function frequencyOf(
  rows: ArrayLike<number>,
  kinds: ArrayLike<number>,
  at: ArrayLike<number>,
): Evidence {
  const orders = new Map<number, Set<number>>()
  for (let i = 0; i < rows.length; i++) {
    if (kinds[i] !== INTERACTION_KIND.buy) continue
    const products = orders.get(at[i])
    if (products === undefined) orders.set(at[i], new Set([rows[i]]))
    else products.add(rows[i])
  }
  const timesOf = new Map<number, number>()
  for (const products of orders.values()) {
    for (const row of products) timesOf.set(row, (timesOf.get(row) ?? 0) + 1)
  }
  return {
    length: timesOf.size,
    rows: Int32Array.from(timesOf.keys()),
    weights: Float32Array.from(timesOf.values(), (times) => times / orders.size),
  }
}

/** Products that all count alike, e.g. those of a cart. */
export function equalEvidence(rows: readonly number[]): Evidence {
  const distinct = Int32Array.from(new Set(rows))
  return {
    length: distinct.length,
    rows: distinct,
    weights: new Float32Array(distinct.length).fill(1 / distinct.length),
  }
}

function normalised(raw: Float64Array): Float32Array {
  let sum = 0
  for (let i = 0; i < raw.length; i++) sum += raw[i]
  const out = new Float32Array(raw.length)
  if (sum > 0) for (let i = 0; i < raw.length; i++) out[i] = raw[i] / sum
  return out
}
