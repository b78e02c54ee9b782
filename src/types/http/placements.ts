import type { Reason, Recommendation, RecommendationsAnswer } from "./recommendations"

/** Ways to choose products. A placement mixes some of them and falls back to others. */
export const STRATEGIES = [
  /** What fits this shopper's own past, by the models this store's orders chose. */
  "for_you",
  /** What visits that looked at the same things went on to. */
  "session",
  /** What belongs to the product this shopper looked at last. */
  "because_you_viewed",
  /** What this shopper looked at and did not buy. */
  "recently_viewed",
  /** What this shopper bought and is about to need again. */
  "buy_again",
  /** Of one order with the products of the page or cart. */
  "bought_together",
  /** By the same shopper on the same day. */
  "bought_same_day",
  /** Bought by those who looked at the product of the page. */
  "viewed_then_bought",
  /** Chosen by the same shoppers. */
  "also_chosen",
  /** Alike by what the catalogue says. */
  "similar",
  /** Matches the words that were searched for. */
  "query_match",
  "best_sellers",
  /** What sells in this country, this sales channel, or the category of the page. */
  "popular_here",
  /** Sought more than usual this week. */
  "trending",
  "new_arrivals",
] as const
export type Strategy = (typeof STRATEGIES)[number]

/** What a request for a placement must tell: a product, a cart, some products, a search, or nothing. */
export const PLACEMENT_CONTEXTS = ["none", "product", "cart", "products", "search"] as const
export type PlacementContext = (typeof PLACEMENT_CONTEXTS)[number]

export const SHIPPED_PLACEMENTS = [
  "home",
  "product",
  "cart",
  "checkout",
  "order_confirmation",
  "empty_search",
  "email",
] as const

/** Fields that filters and rules may ask about, and what their values are. */
export const FILTER_FIELDS = {
  /** Ids. Operators: in, not_in. */
  product: "ids",
  category: "ids",
  collection: "ids",
  type: "ids",
  tag: "ids",
  /** Words. Operators: contains, not_contains. */
  title: "text",
  /** The lowest price of its variants: `{ amount, currency_code }`, amount in major units as Medusa has them. */
  price: "money",
  /** (price - cost) / price, 0 to 1. Unknown without a cost: no condition holds. */
  margin: "number",
  /** Units that can be sold now; products without stock-keeping have no limit. */
  stock: "number",
  /** How many days the stock lasts at the rate of the last 28 days. */
  days_of_stock: "number",
  /** Shoppers who bought it in the last 28 days. */
  buyers: "number",
  /** Days since it came into the catalogue. */
  age_days: "number",
} as const
export type FilterField = keyof typeof FILTER_FIELDS

export const OPERATORS = {
  ids: ["in", "not_in"],
  text: ["contains", "not_contains"],
  money: ["<", "<=", ">", ">="],
  number: ["<", "<=", ">", ">=", "=", "!="],
} as const

export interface Money {
  amount: number
  currency_code: string
}

/** One condition, in the form that react-querybuilder stores. */
export interface ProductCondition {
  field: FilterField
  operator: string
  value: string[] | string | number | Money
}

/** Conditions joined by "and" or "or", nested at most three deep. No conditions: every product. */
export interface ProductFilter {
  combinator: "and" | "or"
  not?: boolean
  rules: (ProductCondition | ProductFilter)[]
}

/** What a merchant wants done with the products that `filter` takes in. */
export interface MerchandisingRule {
  /** Chosen by the client, unique within the placement. */
  id: string
  name: string
  enabled: boolean
  action:
    | { type: "pin"; product_ids: string[]; /** From 1. */ position: number }
    /** Times 1 to 10. */
    | { type: "boost"; factor: number }
    /** Divided by 1 to 10. */
    | { type: "bury"; factor: number }
    | { type: "hide" }
    | { type: "only" }
  /** Which products; for "pin" it is not read. */
  filter: ProductFilter
  /** ISO 8601; null: always. The end is not included. */
  starts_at: string | null
  ends_at: string | null
}

export interface PlacementSettings {
  /** Shown in the admin. */
  name: string
  enabled: boolean
  strategies: { strategy: Strategy; /** 0 to 10. */ weight: number }[]
  /** Fill up, in this order, what the strategies leave open. */
  fallback: Strategy[]
  /** Only these products, whichever strategy names them. */
  filter: ProductFilter
  rules: MerchandisingRule[]
  /** Products on the shelf when a request does not say: 1 to 50. */
  size: number
  /** With fewer the shelf hides itself: 1 to `size`. */
  minimum: number
  /** May "session" bring back what was looked at in this visit? Answers always tell it. */
  repeats: boolean
  /** Leaves out what the shopper bought (buy_again brings back what is due). */
  exclude_bought: boolean
  /** Leaves out what the shopper sent back within so many days; 0: nothing. */
  exclude_returned_days: number
  /** 0: by score alone; 1: as varied as can be. */
  diversity: number
  /** 0: the shopper's taste; 1: the shop's expected margin. */
  margin: number
  /** 0: stock does not matter; 1: what is plenty first. */
  stock: number
  /** Tries the strategies against one another by their clicks; each keeps at least `floor` of the answers. */
  exploration: { enabled: boolean; /** 0.01 to 0.2. */ floor: number }
}

export interface PlacementSummary extends PlacementSettings {
  id: string
  /** What a shelf names: `<marketing-shelf placement="home">`. Never changes. */
  handle: string
  context: PlacementContext
  shipped: boolean
  /** Counts changes; give it with a change so that two people do not undo each other's. */
  version: number
  updated_at: string
  /** The last 28 days. */
  figures: ShelfFigures
}

export interface ShelfRate {
  value: number
  /** 95 % interval. */
  low: number
  high: number
}

/**
 * What a shelf did, on the day (UTC) of the answer. Orders and revenue are those of order lines which carry the shelf's
 * decision, within eight days of it and not cancelled, in the order's currency. An order with lines of several shelves counts
 * once in a total and once for each of its placements, on the day of its latest answer; revenue is that of each line's own.
 */
export interface ShelfFigures {
  /** Answers given. */
  served: number
  /** Shelves that were in view for a second; of e-mails, which nobody can watch, those that were rendered. */
  impressions: number
  /** Impressions that were clicked at least once. */
  clicks: number
  /** Clicks over impressions; null without an impression. */
  click_rate: ShelfRate | null
  orders: number
  revenue: {
    currency_code: string
    amount: number
    /** null below 30 impressions. */ per_thousand: ShelfRate | null
  }[]
}

/** `GET /admin/marketing/placements?limit&offset`, `POST` makes one of the merchant's own. */
export interface PlacementsAnswer {
  placements: PlacementSummary[]
  count: number
  offset: number
  limit: number
}
/** `GET`, `POST /admin/marketing/placements/:id`, `POST …/:id/reset` (shipped ones: back to how they came). */
export interface PlacementAnswer {
  placement: PlacementSummary
}
export interface PlacementDeletedAnswer {
  id: string
  object: "placement"
  deleted: true
}
/** `POST /admin/marketing/placements` */
export interface CreatePlacementBody extends Partial<Omit<PlacementSettings, "name">> {
  name: string
  /** a-z, 0-9 and "_", 2 to 40 characters. */
  handle: string
  context: PlacementContext
}
/** `POST /admin/marketing/placements/:id`: any subset; 409 when `version` is not the present one. */
export interface UpdatePlacementBody extends Partial<PlacementSettings> {
  version: number
}

/** As whom a shelf is previewed, and where. All are optional; what the placement's context needs must be there. */
export interface PreviewSubject {
  customer_id?: string
  visitor_id?: string
  product_id?: string
  /** For contexts "cart" and "products". */
  product_ids?: string[]
  query?: string
  country_code?: string
  region_id?: string
  sales_channel_id?: string
}

/** `POST /admin/marketing/placements/preview`: settings as they stand in the editor, saved or not. */
export interface PreviewBody {
  placement_id: string
  settings?: Partial<PlacementSettings>
  subject: PreviewSubject
  limit?: number
  /** Writes reasons and titles of products in this language: "en", "zh-CN". */
  locale?: string
}

export interface PreviewAnswer {
  preview: {
    items: PreviewItem[]
    /** Candidates that were taken out, at most 50, best first. */
    left_out: { product_id: string; title: string; why: LeftOut; rule_id?: string }[]
    /** The strategy that led this answer, when exploration is on. */
    arm: Strategy | null
    /** Whether the shopper's own past was used, and if not, why. */
    past: "used" | "no_subject" | "no_consent" | "empty"
    readiness: RecommendationsAnswer["readiness"]
    model_id: string | null
    /** null where no shown product has a known cost. */
    profit: ExpectedProfit | null
    /** Milliseconds: the model's work alone. */
    milliseconds: number
  }
}
export type LeftOut =
  "hidden" | "not_in_filter" | "not_sellable" | "in_cart" | "bought" | "returned" | "on_page"

export interface PreviewItem extends Recommendation {
  title: string
  thumbnail: string | null
  explanation: Explanation
}

/** Where a product's place comes from: the parts of its score and what was done to it. */
export interface Explanation {
  /** Score of each strategy that named it (its best product has 1), times the weight, is the contribution. */
  parts: { strategy: Strategy; score: number; weight: number; contribution: number }[]
  /** Named by the fallback chain only. */
  fallback: boolean
  /** Factors in the order they acted. */
  factors: { by: "boost" | "bury" | "margin" | "stock"; factor: number; rule_id?: string }[]
  pinned_by: string | null
  /** Its place by score alone, from 1, when variety moved it. */
  place_before_diversity: number | null
  /** (price - cost) / price; null when unknown. */
  margin: number | null
  stock: number | null
}

/** What 1,000 views of this shelf are expected to earn, at the placement's own rate of purchases (`rate`, from `views`). */
export interface ExpectedProfit {
  currency_code: string
  per_thousand_views: number
  /** The same with the dial at 0 (taste alone). */
  at_taste: number
  /** The same with the dial at 1. */
  at_margin: number
  rate: number
  views: number
  /** Products of the shelf whose cost is known. */
  known_costs: number
}

/** `GET /admin/marketing/placements/performance?from=&to=&placement=` days are UTC, `to` is included, 1 to 366 days. */
export interface PerformanceAnswer {
  performance: {
    from: string
    to: string
    total: ShelfFigures
    placements: ({ placement: string; name: string } & ShelfFigures)[]
    days: ({ day: string } & ShelfFigures)[]
    /** By leading strategy, of the placement asked for (or all). */
    arms: ({ arm: Strategy } & ShelfFigures & { share: number })[]
    /** Clicks lost by trying others than the best so far, and the share of all clicks; null when nothing was explored. */
    regret: { clicks: number; low: number; high: number; share: number } | null
    /** When the figures were last brought up to date. */
    refreshed_at: string | null
  }
}

/** `GET /admin/marketing/association-rules?limit&offset&order=-lift&q=`; `…/export` as CSV. */
export interface AssociationRule {
  id: string
  /** One or two products. */
  if_bought: { product_id: string; title: string }[]
  then: { product_id: string; title: string }
  /** Orders that hold all of them. */
  together: number
  /** Share of all orders. */
  support: number
  /** Share of the orders that hold the first which hold the second too. */
  confidence: number
  /** Against what chance would put there. */
  lift: number
  /** Lower end of its 95 % interval. */
  lift_low: number
}
export interface AssociationRulesAnswer {
  association_rules: AssociationRule[]
  count: number
  offset: number
  limit: number
  /** Orders that were counted; null before the first training. */
  orders: number | null
}

/** `GET /admin/marketing/products/:id/shelves`: what a product leads to, what leads to it, and what its places on shelves did. */
export interface ProductShelvesAnswer {
  product_id: string
  leads_to: ProductTie[]
  led_by: ProductTie[]
  /** As a product shown on shelves, the last 28 days. */
  figures: ShelfFigures
  /** These rules act on it now; "only" where it is one that the rule leaves out. */
  rules: {
    placement_id: string
    placement: string
    rule_id: string
    rule: string
    action: MerchandisingRule["action"]["type"]
  }[]
  readiness: RecommendationsAnswer["readiness"]
  model_id: string | null
}
export interface ProductTie {
  product_id: string
  title: string
  thumbnail: string | null
  score: number
  reason: Reason
}

/** `GET /admin/marketing/placements/:id/email?customer_id=&locale=&region_id=&sales_channel_id=&limit=`: a piece for an e-mail. */
export interface EmailAnswer {
  email: {
    /** A table with inline styles; links are signed and lead through this store to the product's page. */
    html: string
    /** The same for plain-text mails. */
    text: string
    /** Why there is nothing to send, in words: the placement is switched off, or has too little to show. Else null. */
    empty: string | null
    /** null, and nothing is noted, where it is empty. */
    decision_id: string | null
    product_ids: string[]
    /** When its links end. */
    expires_at: string | null
  }
}
