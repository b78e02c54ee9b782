import type { Placement, Strategy } from "./placement"
import type { HistoryEntry, Reason } from "./types"

/** One shelf to fill. */
export interface ShelfRequest {
  placement: Placement
  /** The products the shelf is about: that of the page, those of the cart or order. Unknown ids are passed over. */
  seeds: readonly string[]
  /** What this shopper did, newest first or not, when their consent allows it. The last 200 entries are enough. */
  history?: readonly HistoryEntry[]
  /** What they sent back, when their consent allows it. */
  returned?: readonly { product_id: string; /** Unix milliseconds. */ at: number }[]
  /** What was searched for. */
  query?: string
  /** Lower case, two letters. */
  country?: string
  sales_channel?: string
  /** Id of the category of the page, or of the one the shopper came in by. */
  category?: string
  /** Never to be shown; seeds are left out without being named here. */
  exclude?: readonly string[]
  /** The strategy that leads this answer (see `chooseArm`); null: the weights alone. */
  arm?: Strategy | null
  /** Where prices and costs are looked for, in this order: that of the region, then the store's own. */
  currencies: readonly string[]
  limit: number
  /** Skip so many: ask again with `offset + limit` when availability took too many away. Default 0. */
  offset?: number
  /** Unix milliseconds. */
  now: number
  /** Tell where each place comes from, and what was left out. */
  explain?: boolean
}

export interface ShelfAnswer {
  /** Best first; at most `limit`. */
  products: ShelfProduct[]
  /** False when no other product would come at a higher offset. */
  more: boolean
  /** The strategy that led; null when none was asked to, or it named nothing for this shopper. */
  arm: Strategy | null
  /** Only with `explain`: candidates that were taken out, best first, at most 50. */
  left_out: {
    product_id: string
    why: "hidden" | "not_in_filter" | "on_page" | "bought" | "returned"
    rule_id?: string
  }[]
}

export interface ShelfProduct {
  product_id: string
  /** Comparable within one answer only, higher is better. */
  score: number
  reason: Reason
  explanation?: ShelfExplanation
}

/** Equal in structure to `Explanation` of `types/http/placements`. */
export interface ShelfExplanation {
  parts: { strategy: Strategy; score: number; weight: number; contribution: number }[]
  fallback: boolean
  factors: { by: "boost" | "bury" | "margin" | "stock"; factor: number; rule_id?: string }[]
  pinned_by: string | null
  place_before_diversity: number | null
  margin: number | null
  stock: number | null
}
