import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { INTERACTION_KIND, type HistoryEntry } from "../../core/recommendations"
import { readCartProducts, type Market } from "../../datasets/availability"
import { readShopperPast } from "../../datasets/shopper-past"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { ShelfInput, ShopperInput } from "./shelf-input"

export interface Cart {
  region_id: string | null
  product_ids: string[]
}

/** What of a shopper's past a shelf may read. */
export interface Past {
  state: "used" | "no_subject" | "no_consent" | "empty"
  history: HistoryEntry[]
  returned: { product_id: string; at: number }[]
}

const NO_PAST = { history: [], returned: [] }

/** What this shopper did before, where they have agreed to personalisation; else nothing, and why. */
export async function permittedPast(
  container: MedusaContainer,
  shopper: Pick<ShopperInput, "visitor_id" | "customer_id" | "country_code">,
): Promise<Past> {
  if (!shopper.visitor_id && !shopper.customer_id) return { state: "no_subject", ...NO_PAST }
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const customer_id = shopper.customer_id ?? null
  const past = await readShopperPast(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), {
    visitor_id: shopper.visitor_id ? await signals.visitors.resolve(shopper.visitor_id, customer_id) : null,
    customer_id,
    rules: shopper.country_code === null ? [] : [shopper.country_code?.toLowerCase() ?? "*", "*"],
  })
  if (!past.permitted) return { state: "no_consent", ...NO_PAST }
  const history = past.history.map(({ kind, ...event }) => ({ ...event, kind: INTERACTION_KIND[kind] }))
  return { state: history.length > 0 ? "used" : "empty", history, returned: past.returned }
}

/** The carts that shelves name, each read once. @throws NOT_FOUND that names the field */
export async function readCarts(
  container: MedusaContainer,
  shelves: readonly ShelfInput[],
  at: (shelf: number) => string,
): Promise<ReadonlyMap<string, Cart>> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const ids = [...new Set(shelves.flatMap(({ cart_id }) => cart_id ?? []))]
  const carts = await Promise.all(ids.map((id) => readCartProducts(pg, id)))
  const missing = ids.find((_, i) => carts[i] === null)
  if (missing !== undefined) {
    const shelf = shelves.findIndex(({ cart_id }) => cart_id === missing)
    const type = at(shelf) === "" ? MedusaError.Types.NOT_FOUND : MedusaError.Types.INVALID_DATA
    throw new MedusaError(type, `${at(shelf)}cart_id: there is no cart ${missing}`)
  }
  return new Map(ids.map((id, i) => [id, carts[i]!]))
}

/** Where the shelves are shown: what prices, stock and shipping depend on. */
export interface Place {
  region_id: string | null
  market: Market
  /** For what sells there: told, or the region's only one. */
  country: string | undefined
  /** The region's, then the store's. */
  currencies: string[]
}

export function placeOf(container: MedusaContainer, shopper: ShopperInput, carts: Iterable<Cart>): Place {
  const { shop } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE).facts
  let region_id = shopper.region_id ?? null
  for (const cart of carts) region_id ??= cart.region_id
  const region = region_id === null ? undefined : shop?.regions.get(region_id)
  const told = shopper.country_code?.toLowerCase()
  const countries = told ? [told] : (region?.countries ?? [])
  return {
    region_id,
    market: { channels: shopper.sales_channel_ids, countries },
    country: told ?? (countries.length === 1 ? countries[0] : undefined),
    currencies: [...new Set([...(region ? [region.currency_code] : []), ...(shop?.currencies ?? [])])],
  }
}
