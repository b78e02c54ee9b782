export const PLACEMENTS = ["product", "cart", "home"] as const
export type Placement = (typeof PLACEMENTS)[number]

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

export interface Recommendation {
  product_id: string
  /** Comparable within one answer only; higher is better. */
  score: number
  reason: Reason
  /** Present when `fields` was asked for. */
  product?: RecommendedProduct
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

/**
 * `GET /store/marketing/recommendations?placement=&product_id=&cart_id=&limit=&fields=&region_id=&visitor_id=`
 * `product_id` is required for placement "product", `cart_id` for "cart". `fields` (comma-separated
 * product fields, or "default") hydrates; prices need `region_id`, or a cart that has a region.
 */
export interface RecommendationsAnswer {
  recommendations: Recommendation[]
  count: number
  offset: number
  limit: number
  placement: Placement
  /** Names this answer in exposures, clicks and order lines. */
  decision_id: string
  readiness: ReadinessTier
  /** The trained model the scores come from; null while only defaults answer. */
  model_id: string | null
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
