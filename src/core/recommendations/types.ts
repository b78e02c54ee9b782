import type { Csr } from "../data/csr"
import type { StringTable } from "../data/string-table"
import type { AlsModel } from "./als"
import type { AssociationRules } from "./association-rules"
import type { AttributeIndex } from "./attribute-likeness"
import type { BuyAgain } from "./buy-again"
import type { GroupPopularity } from "./entry-popularity"
import type { NextItemOptions } from "./next-item"
import type { NextItemBlend } from "./next-item-scorer"
import type { SessionIndex, SessionKnnOptions } from "./session-knn"
import type { Trending } from "./trending"
import type { WordIndex } from "./word-index"

/** What a shopper did with a product; the numbers are stored in `InteractionColumns.kind`. */
export const INTERACTION_KIND = { view: 0, cart: 1, buy: 2 } as const
export type InteractionKind = (typeof INTERACTION_KIND)[keyof typeof INTERACTION_KIND]

/**
 * Interactions as columns over shared memory, one entry a row, in any order. A worker thread gets
 * them without a copy. 29 bytes a row.
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
  /** Rows of `TrainingData.countries` and `.channels`, -1 unknown. */
  country: Int32Array
  channel: Int32Array
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
  /** Ids of the categories and of those above them, each after those above it, joined by "\n". */
  category_ids: StringTable
  /** Their names, in the same order. */
  category_names: StringTable
  tags: StringTable
  /** Unix milliseconds. */
  created_at: Float64Array
}

/** What training reads; made by `TrainingDataBuilder`. */
export interface TrainingData {
  products: ProductColumns
  interactions: InteractionColumns
  /** Two-letter codes, and ids of sales channels. */
  countries: StringTable
  channels: StringTable
}

/** One product as `TrainingDataBuilder.addProduct` takes it. */
export interface CatalogueProduct {
  id: string
  title: string
  description?: string | null
  categories?: readonly string[]
  category_ids?: readonly string[]
  /** Names of `category_ids`, one each. */
  category_names?: readonly string[]
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
  /** What the model that serves now was made of: it is measured beside the new choice, on the same orders. */
  active?: ForYouChoice
  /** Bootstrap resamples behind each interval. Default 400. */
  resamples?: number
}

export type TrainingStage =
  "split" | "item_to_item" | "evaluate" | "together" | "sessions" | "similar" | "done"

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

/** Rows of neighbours in CSR form, best first; `score` is above 0 (but in `ease`, which also tells what speaks against a
 * product), `count` what the reason tells. */
export interface Neighbours {
  /** products + 1 */
  offsets: Int32Array
  product: Int32Array
  score: Float32Array
  count: Int32Array
}

/** What a known shopper's past is read by; the store's own orders choose which of them count (see `chooseForYou`). */
export const COMPONENTS = [
  "item_to_item",
  "rp3beta",
  "ease",
  "next_item",
  "popular",
  "als",
  "frequency",
  "repeat",
] as const
export type Component = (typeof COMPONENTS)[number]

/** Factor on each component's scores; 0: not used, and then not learned either. */
export type Blend = Record<Component, number>

/** What was chosen for this store: enough to learn the same again on another span of its data. */
export interface ModelChoice {
  /** Days in which an interaction loses half its weight between two shoppers' products. */
  half_life_days: number
  blend: Blend
  next_item: { options: NextItemOptions; blend: NextItemBlend }
  session: SessionKnnOptions
}

/** The part of a choice that makes "for_you". */
export type ForYouChoice = Omit<ModelChoice, "session">

export interface RecommendationModel {
  version: 2
  /** `now` of the training, Unix milliseconds. */
  trained_at: number
  counts: { orders: number; shoppers: number; interactions: number; products: number }
  choice: ModelChoice
  ids: StringTable
  created_at: Float64Array
  /** New products, the likeliest to sell first, the first 500. */
  newest: Int32Array
  /** Rows of `category_ids`, a row a product. */
  categories: Csr
  category_ids: StringTable
  /** Share of a product's buyers who bought it again in a later order, shrunk to the store's own share. */
  repeat: Float32Array
  /** How much a regular purchase of the product counts now: more of what sells in these weeks, and of what is bought again. */
  season: Float32Array
  /** `count`: orders that held both. */
  together: Neighbours
  /** Orders that held the product. */
  orders_of: Int32Array
  /** `count`: days on which a shopper bought both. */
  same_day: Neighbours
  days_of: Int32Array
  /** `count`: shoppers who looked at the one and then bought the other. */
  viewed_then_bought: Neighbours
  viewers_of: Int32Array
  /** `count`: shoppers who chose both. */
  item_to_item: Neighbours
  /** Shoppers who chose (bought, put in the cart or viewed) the product. */
  shoppers_of: Int32Array
  /** Components of `for_you` without counts; empty where the blend gives them nothing. */
  rp3beta: Neighbours
  ease: Neighbours
  next_item: Neighbours
  /** Categories and tags, by which "next_item" also knows products that nobody has bought yet. */
  attributes: AttributeIndex
  als: AlsModel | null
  session: SessionIndex
  /** `count` is empty; the words come from `terms`. */
  similar: Neighbours
  /** The heaviest words of each product, `TERMS_PER_PRODUCT` a product, -1 where fewer; rows of `vocabulary`. */
  terms: Int32Array
  vocabulary: StringTable
  /** What a search without a result is held against. */
  words: WordIndex
  popular: {
    /** All products: those with `buyers`, most popular first, then the rest, newest first. */
    order: Int32Array
    /** Decayed purchases of each product, scaled to 0..1. */
    score: Float32Array
    /** Shoppers who bought the product within the `days` days before `trained_at`. */
    buyers: Int32Array
    days: number
  }
  trending: Trending
  buy_again: BuyAgain
  /** Best sellers by country, sales channel and category; each with the names of its groups. */
  popular_by: { country: NamedPopularity; channel: NamedPopularity; category: NamedPopularity }
  association_rules: AssociationRules
}

export interface NamedPopularity extends GroupPopularity {
  /** Country codes, ids of sales channels, or ids of categories, with an index. */
  names: StringTable
  /** What a shopper may read of each: the code, nothing, or the category's name. */
  labels: StringTable
}

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

export type ReadinessTier = "cold" | "warm" | "ready"

export interface Readiness {
  tier: ReadinessTier
  /** The tier after this one; null when ready. */
  next: ReadinessTier | null
  orders: number
  /** Orders still missing for `next`; null when ready. */
  orders_to_next: number | null
}
