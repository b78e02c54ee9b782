import { MedusaError } from "@medusajs/framework/utils"
import type { PlacementContext, ShelfProduct, Strategy } from "../../core/recommendations"
import type { StoredPlacement } from "../../modules/recommendations"
import type { ReadinessTier } from "../../types/http/recommendations"

/** One shelf that is asked for. */
export interface ShelfInput {
  /** A placement's handle. */
  placement: string
  product_id?: string
  cart_id?: string
  product_ids?: readonly string[]
  query?: string
  category_id?: string
  /** Default: the placement's size. */
  limit?: number
  exclude?: readonly string[]
}

/** Who asks and where: the same for all shelves of a page. */
export interface ShopperInput {
  sales_channel_ids: string[]
  visitor_id?: string
  customer_id?: string
  /** Whose rule speaks where the shopper has not answered; null: it is not known, and only their own answer permits anything. */
  country_code?: string | null
  region_id?: string
  /** Tell where each product's place comes from. */
  explain?: boolean
  /** Where the shelf is shown when that is no page of the storefront. */
  channel?: "email"
  /** Unix milliseconds. */
  now: number
}

export type RecommendInput = ShelfInput & ShopperInput

export interface RecommendOutput {
  recommendations: ShelfProduct[]
  limit: number
  placement: string
  minimum: number
  decision_id: string
  readiness: ReadinessTier
  model_id: string | null
  /** Where prices hold: asked for, or that of the cart. */
  region_id: string | null
  /** The shopper is in a control group: nothing is shown. */
  held_out: boolean
}

/** What a shelf without this cannot be filled from. */
const NEEDED = {
  none: null,
  product: "product_id",
  cart: "cart_id",
  products: "product_ids",
  search: "query",
} as const satisfies Record<PlacementContext, keyof ShelfInput | null>

/** Strategies that read what this shopper did. */
const PERSONAL = new Set<Strategy>([
  "for_you",
  "session",
  "because_you_viewed",
  "recently_viewed",
  "buy_again",
])

/**
 * The placement that is asked for, with what its context requires. `at` names the shelf in messages: "" or "shelves.2.".
 * @throws NOT_FOUND when there is none of this handle, INVALID_DATA that names a missing field
 */
export function placementFor(
  shelf: ShelfInput,
  placements: ReadonlyMap<string, StoredPlacement>,
  at: string,
): StoredPlacement {
  const placement = placements.get(shelf.placement)
  if (!placement) {
    throw new MedusaError(
      // In a list of shelves the address is right and one of its fields is wrong.
      at === "" ? MedusaError.Types.NOT_FOUND : MedusaError.Types.INVALID_DATA,
      `${at}placement: there is no placement "${shelf.placement}"; there are ${[...placements.keys()].join(", ")}`,
    )
  }
  const needed = NEEDED[placement.context]
  const given = needed === null ? true : shelf[needed]
  if (!given || (Array.isArray(given) && given.length === 0)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `${at}${needed}: is required for placement "${placement.handle}"`,
    )
  }
  return placement
}

/** Whether the shopper's past can change what this placement shows. */
export function needsPast({ settings }: StoredPlacement): boolean {
  return (
    settings.exclude_bought ||
    settings.exclude_returned_days > 0 ||
    settings.strategies.some(({ strategy, weight }) => weight > 0 && PERSONAL.has(strategy)) ||
    settings.fallback.some((strategy) => PERSONAL.has(strategy))
  )
}
