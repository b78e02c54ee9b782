import { seededRandom } from "../../src/core/data"
import { fitNextItem } from "../../src/core/recommendations/next-item"
import { NextItemScorer } from "../../src/core/recommendations/next-item-scorer"
import { fitSessionKnn } from "../../src/core/recommendations/session-index"
import { SESSION_KNN_DEFAULTS, SessionScorer } from "../../src/core/recommendations/session-knn"
import { sessionsOf } from "../../src/core/recommendations/sessions"
import type { InteractionColumns } from "../../src/core/recommendations/types"
import type { BenchContext, BenchRow } from "../bench"
import { bytesOf, timesOf } from "./read"

const PRODUCTS = 100_000
const EVENTS = 1_000_000
const SHOPPERS = 50_000
const DAY = 86_400_000
const ANSWERS = 10_000

/**
 * Time and memory of the session and sequence models at 1M events, 50,000 shoppers and 100,000 products: made sessions of 1 to
 * 12 views within 90 days, products by Zipf's law with exponent 1, half of them near the session's first. Answers: live
 * sessions of 1 to 20 products by the same law, the first 2,000 for warming up; and the worst case, the 20 most popular
 * products. No quality is measured here.
 */
export function run(context: BenchContext): Promise<BenchRow[]> {
  const random = seededRandom(context.seed)
  const pick = (): number => Math.min(PRODUCTS - 1, Math.floor(Math.exp(random.next() * Math.log(PRODUCTS))))
  const interactions = madeInteractions(random, pick)
  const now = 90 * DAY
  const began = performance.now()
  const sessions = sessionsOf(interactions, now, PRODUCTS)
  const cut = performance.now()
  const index = fitSessionKnn(sessions)
  const indexed = performance.now()
  const list = fitNextItem(sessionsOf(interactions, now, PRODUCTS, Infinity), now)
  const listed = performance.now()
  const scorer = new SessionScorer(index)
  const nextItem = new NextItemScorer(list, null)
  const times = new Float64Array(ANSWERS)
  const nextTimes = new Float64Array(ANSWERS)
  const worst = new Float64Array(2_000)
  const live = new Int32Array(20)
  for (let k = -2_000; k < ANSWERS; k++) {
    const length = 1 + random.below(20)
    for (let i = 0; i < length; i++) live[i] = pick()
    const from = performance.now()
    scorer.run(live.subarray(0, length), now, SESSION_KNN_DEFAULTS)
    const between = performance.now()
    nextItem.run(live.subarray(0, length))
    const end = performance.now()
    if (k < 0) continue
    times[k] = between - from
    nextTimes[k] = end - between
  }
  for (let i = 0; i < live.length; i++) live[i] = i + 1
  for (let k = 0; k < worst.length; k++) {
    const from = performance.now()
    scorer.run(live, now, SESSION_KNN_DEFAULTS)
    worst[k] = performance.now() - from
  }
  context.log(`${sessions.length} sessions of ${sessions.items.length} entries`)
  const [session, head, next] = [timesOf(times), timesOf(worst), timesOf(nextTimes)]
  const answered = (metric: string, { p50, p99 }: { p50: number; p99: number }): BenchRow[] => [
    { metric: `${metric} p50`, value: p50, unit: "ms" },
    { metric: `${metric} p99`, value: p99, unit: "ms", bar: "<= 2", met: p99 <= 2 },
  ]
  return Promise.resolve([
    ...answered("session answer", session),
    ...answered("session answer, most popular products", head),
    ...answered("next item answer", next),
    { metric: "cutting sessions", value: (cut - began) / 1000, unit: "s" },
    { metric: "session index", value: (indexed - cut) / 1000, unit: "s" },
    { metric: "session index", value: bytesOf(index) / 1e6, unit: "MB" },
    { metric: "next item lists", value: (listed - indexed) / 1000, unit: "s" },
    { metric: "next item lists", value: bytesOf(list) / 1e6, unit: "MB" },
  ])
}

function madeInteractions(
  random: { next(): number; below(n: number): number },
  pick: () => number,
): InteractionColumns {
  const subject = new Int32Array(EVENTS)
  const product = new Int32Array(EVENTS)
  const at = new Float64Array(EVENTS)
  for (let i = 0; i < EVENTS;) {
    const shopper = random.below(SHOPPERS)
    const start = random.next() * 90 * DAY
    const views = 1 + random.below(12)
    const first = pick()
    for (let v = 0; v < views && i < EVENTS; v++, i++) {
      subject[i] = shopper
      at[i] = start + v * 60_000
      product[i] = random.next() < 0.5 ? pick() : Math.min(PRODUCTS - 1, first + random.below(50))
    }
  }
  return {
    length: EVENTS,
    subject,
    basket: new Int32Array(EVENTS).fill(-1),
    product,
    kind: new Uint8Array(EVENTS),
    at,
    country: new Int32Array(EVENTS).fill(-1),
    channel: new Int32Array(EVENTS).fill(-1),
    subjects: SHOPPERS,
    baskets: 0,
  }
}
