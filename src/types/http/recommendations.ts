import type { Explanation } from "./placements"

/** cold: defaults only. warm: learned, few orders. ready: enough orders for personal and product-level figures. */
export type ReadinessTier = "cold" | "warm" | "ready"

/** Why a product is on the shelf: a code a storefront can translate, and the counts behind the score. */
export type Reason =
  /** `together` of the `of` orders that held `product_id` also held this product. */
  | { code: "bought_together"; data: { product_id: string; together: number; of: number } }
  /** `shoppers` people who bought or viewed `product_id` (of `of`) also did so with this product. */
  | { code: "shoppers_also_chose"; data: { product_id: string; shoppers: number; of: number } }
  /** Alike by title, description, category and tags; `terms` are the words that tie them most. */
  | { code: "similar"; data: { product_id: string; terms: string[] } }
  /** Bought by `buyers` shoppers in the last `days` days. */
  | { code: "popular"; data: { buyers: number; days: number } }
  /** This shopper bought it `times` times, last at `last_at` (ISO 8601). Only for a shopper who agreed to personalisation. */
  | { code: "bought_before"; data: { times: number; last_at: string } }
  /** This shopper looked at it or put it in a cart, last at `last_at`. Only with the same agreement. */
  | { code: "seen_before"; data: { last_at: string } }
  /** New in the catalogue. */
  | { code: "new_arrival"; data: { created_at: string } }
  /** On `together` of `of` days on which a shopper bought `product_id`, this was bought too. */
  | { code: "bought_same_day"; data: { product_id: string; together: number; of: number } }
  /** `buyers` of the `of` shoppers who looked at `product_id` bought this. */
  | { code: "viewed_then_bought"; data: { product_id: string; buyers: number; of: number } }
  /** `visits` of the `of` latest visits that looked at `product_id` went on to this. */
  | { code: "session"; data: { product_id: string; visits: number; of: number } }
  /** Goes with `product_id`, which this shopper looked at. Only with their agreement. */
  | { code: "because_you_viewed"; data: { product_id: string } }
  /** Bought `times` times, and due about `due_at`, since buyers come back for it every `days` days. With their agreement. */
  | { code: "buy_again"; data: { times: number; last_at: string; due_at: string; days: number } }
  /** Sought `times` times as much as usual in the last `days` days, by `shoppers` shoppers. */
  | { code: "trending"; data: { times: number; shoppers: number; days: number } }
  /** Sells in this country, channel or category; `name` is the country's code, or the category's name. */
  | { code: "popular_here"; data: { by: "country" | "channel" | "category"; name: string } }
  /** Holds the searched words. */
  | { code: "query_match"; data: { terms: string[] } }
  /** Put there by the shop. */
  | { code: "picked"; data: Record<string, never> }

export interface Recommendation {
  product_id: string
  /** Comparable within one answer only; higher is better. */
  score: number
  reason: Reason
  /** Present when `fields` was asked for. */
  product?: RecommendedProduct
  /** Present when an admin asked for it. */
  explanation?: Explanation
}

/** The product as `GET /store/products` would give it, limited to the fields asked for. */
export interface RecommendedProduct {
  id: string
  title?: string
  handle?: string
  thumbnail?: string | null
  variants?: {
    id: string
    title?: string | null
    calculated_price?: {
      calculated_amount: number | null
      original_amount: number | null
      currency_code: string | null
    } | null
  }[]
  [field: string]: unknown
}

/** One shelf of a page. What is required is told by the placement's context. */
export interface ShelfQuery {
  /** Handle of a placement: "home", "product", or one of the merchant's own. */
  placement: string
  product_id?: string
  cart_id?: string
  /** Products the shelf is about, e.g. those of a placed order; at most 50. */
  product_ids?: string[]
  /** What was searched for without a result. */
  query?: string
  /** The category the shopper entered by, for what sells there. */
  category_id?: string
  /** 1 to 50; default: the placement's size. */
  limit?: number
  /** Products not to show, e.g. those on the page already; at most 200. */
  exclude?: string[]
}

/**
 * `POST /store/marketing/recommendations`: the shelves of a page in one call. No product comes twice; a shelf that stands earlier
 * chooses first.
 */
export interface ShelvesBody {
  /** 1 to 10. */
  shelves: ShelfQuery[]
  visitor_id?: string
  region_id?: string
  country_code?: string
  /** Comma-separated product fields, or "default". */
  fields?: string
}
export interface ShelvesAnswer {
  /** In the order of the shelves asked for. */
  shelves: RecommendationsAnswer[]
}

/**
 * `GET /store/marketing/recommendations?placement=&product_id=&cart_id=&product_ids=&query=&category_id=&limit=&exclude=&fields=&region_id=&country_code=&visitor_id=&explain=`
 * Lists are comma-separated. `fields` (comma-separated product fields, or "default") hydrates; prices need `region_id`, or
 * a cart that has a region. `explain=true` is for signed-in admins: each product then carries its `explanation`.
 */
export interface RecommendationsAnswer {
  recommendations: Recommendation[]
  count: number
  offset: number
  limit: number
  placement: string
  /** Fewer than this many products are not worth showing: the placement's minimum. */
  minimum: number
  /** Names this answer in exposures, clicks and order lines. */
  decision_id: string
  readiness: ReadinessTier
  /** The trained model the scores come from; null while only defaults answer. */
  model_id: string | null
  /**
   * This shopper is in a control group, which shows what the shelves are worth: there are no products, and the page is to show
   * what it shows where there is no shelf.
   */
  held_out: boolean
}

/** `GET /admin/marketing/products/:id/recommendations`: the counts behind a product's shelf. */
export interface ProductRecommendationsAnswer {
  product_id: string
  recommendations: (Recommendation & { title: string; thumbnail: string | null })[]
  count: number
  offset: number
  limit: number
  readiness: ReadinessTier
  model_id: string | null
}
