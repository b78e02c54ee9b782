import type { ProductFilter } from "./product-filter"

/** Ways to choose products; told one by one in `types/http/placements`, whose list is equal to this one. */
export type Strategy =
  | "for_you"
  | "session"
  | "because_you_viewed"
  | "recently_viewed"
  | "buy_again"
  | "bought_together"
  | "bought_same_day"
  | "viewed_then_bought"
  | "also_chosen"
  | "similar"
  | "query_match"
  | "best_sellers"
  | "popular_here"
  | "trending"
  | "new_arrivals"

/** What a request for a placement must tell. */
export type PlacementContext = "none" | "product" | "cart" | "products" | "search"

/** What a merchant wants done with some products. Equal in structure to that of `types/http/placements`. */
export interface MerchandisingRule {
  id: string
  name: string
  enabled: boolean
  action:
    | { type: "pin"; product_ids: string[]; position: number }
    | { type: "boost"; factor: number }
    | { type: "bury"; factor: number }
    | { type: "hide" }
    | { type: "only" }
  filter: ProductFilter
  starts_at: string | null
  ends_at: string | null
}

/** How one shelf chooses. Equal in structure to `PlacementSettings` of `types/http/placements`, which tells each field. */
export interface Placement {
  name: string
  enabled: boolean
  strategies: { strategy: Strategy; weight: number }[]
  fallback: Strategy[]
  filter: ProductFilter
  rules: MerchandisingRule[]
  size: number
  minimum: number
  /** May "session" bring back what was looked at in this visit? */
  repeats: boolean
  exclude_bought: boolean
  exclude_returned_days: number
  diversity: number
  margin: number
  stock: number
  exploration: { enabled: boolean; floor: number }
}

export const EVERY_PRODUCT: ProductFilter = { combinator: "and", rules: [] }

const COMMON: Omit<Placement, "name" | "strategies"> = {
  enabled: true,
  fallback: ["popular_here", "best_sellers", "new_arrivals"],
  filter: EVERY_PRODUCT,
  rules: [],
  size: 8,
  minimum: 1,
  repeats: false,
  exclude_bought: true,
  exclude_returned_days: 180,
  diversity: 0,
  margin: 0,
  stock: 0,
  exploration: { enabled: false, floor: 0.05 },
}

/**
 * The placements that come with the plugin. Weights are a start: a store's own models are chosen by what its orders show
 * (see `train`), the mix of a placement by its clicks when exploration is on.
 */
export const SHIPPED_PLACEMENTS: Record<string, { context: PlacementContext; settings: Placement }> = {
  home: {
    context: "none",
    settings: {
      ...COMMON,
      name: "Home page",
      strategies: [
        { strategy: "for_you", weight: 1 },
        { strategy: "session", weight: 0.8 },
        { strategy: "buy_again", weight: 0.3 },
      ],
      exclude_bought: false,
      diversity: 0.1,
    },
  },
  product: {
    context: "product",
    settings: {
      ...COMMON,
      name: "Product page",
      strategies: [
        { strategy: "bought_together", weight: 1 },
        { strategy: "also_chosen", weight: 0.5 },
        { strategy: "viewed_then_bought", weight: 0.3 },
      ],
      fallback: ["similar", "popular_here", "best_sellers", "new_arrivals"],
    },
  },
  cart: {
    context: "cart",
    settings: {
      ...COMMON,
      name: "Cart",
      strategies: [
        { strategy: "bought_together", weight: 1 },
        { strategy: "also_chosen", weight: 0.5 },
        { strategy: "bought_same_day", weight: 0.3 },
      ],
      fallback: ["similar", "popular_here", "best_sellers", "new_arrivals"],
    },
  },
  checkout: {
    context: "cart",
    settings: {
      ...COMMON,
      name: "Checkout",
      strategies: [
        { strategy: "bought_together", weight: 1 },
        { strategy: "buy_again", weight: 0.5 },
        { strategy: "bought_same_day", weight: 0.3 },
      ],
      size: 4,
    },
  },
  order_confirmation: {
    context: "products",
    settings: {
      ...COMMON,
      name: "Order confirmation",
      strategies: [
        { strategy: "also_chosen", weight: 1 },
        { strategy: "bought_same_day", weight: 0.5 },
        { strategy: "for_you", weight: 0.5 },
      ],
    },
  },
  empty_search: {
    context: "search",
    settings: {
      ...COMMON,
      name: "Search without a result",
      strategies: [
        { strategy: "query_match", weight: 1 },
        { strategy: "session", weight: 0.3 },
        { strategy: "for_you", weight: 0.2 },
      ],
      exclude_bought: false,
    },
  },
  email: {
    context: "none",
    settings: {
      ...COMMON,
      name: "E-mail",
      strategies: [
        { strategy: "for_you", weight: 1 },
        { strategy: "buy_again", weight: 0.6 },
        { strategy: "because_you_viewed", weight: 0.4 },
      ],
      size: 4,
      diversity: 0.2,
    },
  },
}
