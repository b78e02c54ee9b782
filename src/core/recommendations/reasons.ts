import { stringAt } from "../data"
import { dueAt } from "./buy-again"
import type { Strategy } from "./placement"
import { placeOf, type StrategyContext } from "./strategies"
import { TERMS_PER_PRODUCT } from "./similar"
import { holds, type WordMatch } from "./word-index"
import {
  COMPONENTS,
  INTERACTION_KIND,
  type HistoryEntry,
  type Neighbours,
  type Reason,
  type RecommendationModel,
} from "./types"

/** Words told as a reason. */
const TERMS_TOLD = 3

const DAY = 86_400_000

/** What gave a product the greatest part of its score. */
export interface Cause {
  strategy: Strategy
  /** The product that spoke for it, -1 where none did. */
  because: number
  /** Place in `COMPONENTS`, for "for_you". */
  component: number
}

/** Why a product is shown, with the counts behind the very score that brought it. */
export function reasonFor(
  model: RecommendationModel,
  context: StrategyContext,
  history: readonly HistoryEntry[],
  row: number,
  cause: Cause,
): Reason {
  const { because } = cause
  switch (cause.strategy) {
    case "bought_together":
      return tie(model, because, row) ?? popularReason(model, row)
    case "bought_same_day": {
      const both = countBetween(model.same_day, because, row)
      if (both === 0) return popularReason(model, row)
      return {
        code: "bought_same_day",
        data: { product_id: stringAt(model.ids, because), together: both, of: model.days_of[because] },
      }
    }
    case "viewed_then_bought": {
      const buyers = countBetween(model.viewed_then_bought, because, row)
      if (buyers === 0) return popularReason(model, row)
      return {
        code: "viewed_then_bought",
        data: { product_id: stringAt(model.ids, because), buyers, of: model.viewers_of[because] },
      }
    }
    case "also_chosen":
      return tie(model, because, row) ?? popularReason(model, row)
    case "similar":
      return similarReason(model, because, row)
    case "for_you":
      return forYouReason(model, history, row, cause)
    case "session": {
      const spoke = context.sessions.evidenceOf(row)
      // A return to what was looked at in this visit needs no neighbour.
      if (spoke === null) {
        const own = history.some(({ product_id }) => product_id === stringAt(model.ids, row))
        return own ? pastReason(history, stringAt(model.ids, row)) : popularReason(model, row)
      }
      return {
        code: "session",
        data: { product_id: stringAt(model.ids, spoke.item), visits: spoke.both, of: spoke.of },
      }
    }
    case "because_you_viewed":
      return { code: "because_you_viewed", data: { product_id: stringAt(model.ids, because) } }
    case "recently_viewed":
      return pastReason(history, stringAt(model.ids, row))
    case "buy_again": {
      const own = context.purchases.get(row)
      const due = own === undefined ? null : dueAt(model.buy_again, row, own)
      if (own === undefined || due === null) return pastReason(history, stringAt(model.ids, row))
      return {
        code: "buy_again",
        data: {
          times: own.times,
          last_at: new Date(own.last_at).toISOString(),
          due_at: new Date(due).toISOString(),
          days: Math.max(1, Math.round((due - own.last_at) / DAY)),
        },
      }
    }
    case "query_match":
      return { code: "query_match", data: { terms: matchedTerms(model, context.searched, row) } }
    case "popular_here": {
      const here = placeOf(model, context)
      return here === null
        ? popularReason(model, row)
        : { code: "popular_here", data: { by: here.by, name: here.name } }
    }
    case "trending": {
      const { recent, usual, days } = model.trending
      return {
        code: "trending",
        data: {
          times: Math.round((10 * recent[row]) / Math.max(usual[row], 1)) / 10,
          shoppers: recent[row],
          days,
        },
      }
    }
    case "best_sellers":
      return popularReason(model, row)
    case "new_arrivals":
      return newReason(model, row)
  }
}

function forYouReason(
  model: RecommendationModel,
  history: readonly HistoryEntry[],
  row: number,
  { because, component }: Cause,
): Reason {
  if (COMPONENTS[component] === "popular" || because < 0) return popularReason(model, row)
  if (because === row) return pastReason(history, stringAt(model.ids, row))
  const tied = tie(model, because, row)
  if (tied !== null) return tied
  // The models that look further than pairs may tie two products which no shopper had both.
  return { code: "because_you_viewed", data: { product_id: stringAt(model.ids, because) } }
}

/** What ties two products in the counts: the same order says more than the same shopper, where it holds for as large a share. */
function tie(model: RecommendationModel, because: number, row: number): Reason | null {
  if (because < 0) return null
  const product_id = stringAt(model.ids, because)
  const together = countBetween(model.together, because, row)
  const shoppers = countBetween(model.item_to_item, because, row)
  const orders = model.orders_of[because]
  const of = model.shoppers_of[because]
  if (together > 0 && together * of >= shoppers * orders) {
    return { code: "bought_together", data: { product_id, together, of: orders } }
  }
  return shoppers > 0 ? { code: "shoppers_also_chose", data: { product_id, shoppers, of } } : null
}

/** The count that a neighbour list tells of two products; 0 when it does not name the pair. */
function countBetween(list: Neighbours, of: number, row: number): number {
  if (of < 0) return 0
  for (let at = list.offsets[of]; at < list.offsets[of + 1]; at++) {
    if (list.product[at] === row) return list.count[at]
  }
  return 0
}

/** The shopper's own past with a product, told as what they did with it. */
function pastReason(history: readonly HistoryEntry[], product_id: string): Reason {
  let times = 0
  let bought_at = -Infinity
  let seen_at = -Infinity
  for (const entry of history) {
    if (entry.product_id !== product_id) continue
    seen_at = Math.max(seen_at, entry.at)
    if (entry.kind !== INTERACTION_KIND.buy) continue
    times++
    bought_at = Math.max(bought_at, entry.at)
  }
  return times > 0
    ? { code: "bought_before", data: { times, last_at: new Date(bought_at).toISOString() } }
    : { code: "seen_before", data: { last_at: new Date(seen_at).toISOString() } }
}

export function popularReason(model: RecommendationModel, row: number): Reason {
  const { buyers, days } = model.popular
  if (buyers[row] > 0) return { code: "popular", data: { buyers: buyers[row], days } }
  return newReason(model, row)
}

function newReason(model: RecommendationModel, row: number): Reason {
  return { code: "new_arrival", data: { created_at: new Date(model.created_at[row]).toISOString() } }
}

function matchedTerms({ words }: RecommendationModel, searched: readonly WordMatch[], row: number): string[] {
  return searched
    .flatMap(({ exact, alike }) => (exact < 0 ? alike : [exact, ...alike]))
    .filter((word) => holds(words, word, row))
    .slice(0, TERMS_TOLD)
    .map((word) => stringAt(words.words, word))
}

function similarReason(model: RecommendationModel, a: number, b: number): Reason {
  const { terms, vocabulary } = model
  const shared: string[] = []
  for (let i = a * TERMS_PER_PRODUCT; i < (a + 1) * TERMS_PER_PRODUCT && shared.length < TERMS_TOLD; i++) {
    if (terms[i] < 0) break
    for (let j = b * TERMS_PER_PRODUCT; j < (b + 1) * TERMS_PER_PRODUCT; j++) {
      if (terms[j] !== terms[i]) continue
      shared.push(stringAt(vocabulary, terms[i]))
      break
    }
  }
  return { code: "similar", data: { product_id: stringAt(model.ids, a), terms: shared } }
}
