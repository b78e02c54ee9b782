import type { StringTable } from "../data/string-table"

/** What a shopper did with a product; the numbers are stored in `InteractionColumns.kind`. */
export const INTERACTION_KIND = { view: 0, cart: 1, buy: 2 } as const
export type InteractionKind = (typeof INTERACTION_KIND)[keyof typeof INTERACTION_KIND]

/**
 * Interactions as columns over shared memory, one entry a row, in any order. A worker thread gets
 * them without a copy. 21 bytes a row.
 */
export interface InteractionColumns {
  length: number
  /** Row of the shopper; when the shopper may not be linked, a row of its own for this basket. */
  subject: Int32Array
  /** Row of the order, -1 for views and carts. */
  basket: Int32Array
  /** Row of the product in `ProductColumns`. */
  product: Int32Array
  /** One of `INTERACTION_KIND`. */
  kind: Uint8Array
  /** Unix milliseconds. */
  at: Float64Array
  /** How many different subjects and baskets the rows above can name. */
  subjects: number
  baskets: number
}

/** The catalogue as text tables over shared memory, one entry a product. */
export interface ProductColumns {
  length: number
  ids: StringTable
  titles: StringTable
  descriptions: StringTable
  /** Names joined by "\n". */
  categories: StringTable
  tags: StringTable
  /** Unix milliseconds. */
  created_at: Float64Array
}

/** What training reads; made by `TrainingDataBuilder`. */
export interface TrainingData {
  products: ProductColumns
  interactions: InteractionColumns
}

/** One product as `TrainingDataBuilder.addProduct` takes it. */
export interface CatalogueProduct {
  id: string
  title: string
  description?: string | null
  categories?: readonly string[]
  tags?: readonly string[]
  /** Unix milliseconds. */
  created_at: number
}

export interface TrainingOptions {
  /** Unix milliseconds: the moment the model speaks for. Interactions after it are left out. */
  now: number
  seed: number
  /** Length of the last window that is held out to measure, in days. Default 28. */
  holdout_days?: number
  /** Neighbours kept for each product and strategy. Default 50. */
  neighbours?: number
  /** Bootstrap resamples behind each interval. Default 400. */
  resamples?: number
}

export type TrainingStage =
  "split" | "evaluate" | "together" | "item_to_item" | "similar" | "popular" | "done"

export interface TrainingProgress {
  stage: TrainingStage
  /** 0 to 1 over the whole training. */
  fraction: number
}

/**
 * Flat figures to store with the model, e.g. `hr10`, `hr10_low`, `hr10_high` (95 % interval), `hr10_popularity`,
 * `hr10_pairs`, the same with `new_` for targets the shopper never bought, `holdout_baskets`,
 * `orders`, `products`, `shoppers`, `interactions`, `seconds` of nothing: times are the host's to measure.
 * A figure that could not be measured (no order in the held-out window) is absent.
 */
export type TrainingMetrics = Record<string, number>

export interface TrainingResult {
  model: RecommendationModel
  metrics: TrainingMetrics
}

/** Rows of neighbours in CSR form, best first; `score` is above 0, `count` what the reason tells. */
export interface Neighbours {
  /** products + 1 */
  offsets: Int32Array
  product: Int32Array
  score: Float32Array
  count: Int32Array
}

/** How much each strategy counts when a shelf is blended; learned on a window before the held-out one. */
export interface Blend {
  together: number
  item_to_item: number
  similar: number
  popular: number
  repeat: number
}

export interface RecommendationModel {
  version: 1
  /** `now` of the training, Unix milliseconds. */
  trained_at: number
  counts: { orders: number; shoppers: number; interactions: number; products: number }
  blend: Blend
  ids: StringTable
  created_at: Float64Array
  /** Share of a product's buyers who bought it again in a later order, shrunk to the store's own share. */
  repeat: Float32Array
  /** `count`: orders that held both. */
  together: Neighbours
  /** Orders that held the product. */
  orders_of: Int32Array
  /** `count`: shoppers who chose both. */
  item_to_item: Neighbours
  /** Shoppers who chose (bought, put in the cart or viewed) the product. */
  shoppers_of: Int32Array
  /** `count` is empty; the words come from `terms`. */
  similar: Neighbours
  /** The heaviest words of each product, `TERMS_PER_PRODUCT` a product, -1 where fewer; rows of `vocabulary`. */
  terms: Int32Array
  vocabulary: StringTable
  popular: {
    /** All products: those with `buyers`, most popular first, then the rest, newest first. */
    order: Int32Array
    /** Decayed purchases of each product, scaled to 0..1. */
    score: Float32Array
    /** Shoppers who bought the product within the `days` days before `trained_at`. */
    buyers: Int32Array
    days: number
  }
}

export type PlacementHandle = "product" | "cart" | "home"

/** Equal in structure to `Reason` of `types/http/recommendations`. */
export type Reason =
  | { code: "bought_together"; data: { product_id: string; together: number; of: number } }
  | { code: "shoppers_also_chose"; data: { product_id: string; shoppers: number; of: number } }
  | { code: "similar"; data: { product_id: string; terms: string[] } }
  | { code: "popular"; data: { buyers: number; days: number } }
  | { code: "bought_before"; data: { times: number; last_at: string } }
  | { code: "seen_before"; data: { last_at: string } }
  | { code: "new_arrival"; data: { created_at: string } }
  | { code: "bought_same_day"; data: { product_id: string; together: number; of: number } }
  | { code: "viewed_then_bought"; data: { product_id: string; buyers: number; of: number } }
  | { code: "session"; data: { product_id: string; visits: number; of: number } }
  | { code: "because_you_viewed"; data: { product_id: string } }
  | { code: "buy_again"; data: { times: number; last_at: string; due_at: string; days: number } }
  | { code: "trending"; data: { times: number; shoppers: number; days: number } }
  | { code: "popular_here"; data: { by: "country" | "channel" | "category"; name: string } }
  | { code: "query_match"; data: { terms: string[] } }
  | { code: "picked"; data: Record<string, never> }

/** One thing the shopper did before. Several entries for one product are fine: each counts. */
export interface HistoryEntry {
  product_id: string
  kind: InteractionKind
  /** Unix milliseconds. */
  at: number
}

export interface RecommendationRequest {
  placement: PlacementHandle
  /** The product of the page, or the products of the cart; nothing for home. Unknown ids are passed over. */
  seeds: readonly string[]
  /** What this shopper did, when their consent allows it. The last 200 entries are enough. */
  history?: readonly HistoryEntry[]
  /** Never to be shown, e.g. the cart's products. Seeds are always left out. */
  exclude?: readonly string[]
  /** May products that the shopper bought before come back? Default true for home, false elsewhere. */
  repeats?: boolean
  limit: number
  /** Skip so many: ask again with `offset + limit` when availability filtered too many away. Default 0. */
  offset?: number
  /** Unix milliseconds. */
  now: number
}

export interface ScoredProduct {
  product_id: string
  /** Comparable within one answer only, higher is better. */
  score: number
  reason: Reason
}

export type ReadinessTier = "cold" | "warm" | "ready"

export interface Readiness {
  tier: ReadinessTier
  /** The tier after this one; null when ready. */
  next: ReadinessTier | null
  orders: number
  /** Orders still missing for `next`; null when ready. */
  orders_to_next: number | null
}
