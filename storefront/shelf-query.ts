import type { ShelfQuery } from "../src/types/http"

/** The attribute without which a shipped placement has nothing to be about. */
const NEEDED: Record<string, string | undefined> = {
  product: "product-id",
  cart: "cart-id",
  checkout: "cart-id",
  order_confirmation: "product-ids",
  empty_search: "query",
}
/** What tells a shelf what it is about. One that is there but empty is not known yet, whatever the placement. */
export const CONTEXT_ATTRIBUTES = ["product-id", "product-ids", "cart-id", "query", "category-id"]

/** Limits of the route. */
const MOST_PRODUCTS = 50
const LONGEST_QUERY = 200
const MOST = 50

/** What an element asks for by its attributes; undefined while what its placement needs is not known. */
export function shelfQuery(element: Pick<Element, "getAttribute">): ShelfQuery | undefined {
  const value = (name: string): string | undefined => element.getAttribute(name)?.trim() || undefined
  const placement = value("placement") ?? "home"
  const needed = NEEDED[placement]
  if (needed && !value(needed)) return undefined
  if (CONTEXT_ATTRIBUTES.some((name) => element.getAttribute(name) !== null && !value(name))) return undefined
  const products = value("product-ids")
    ?.split(",")
    .map((id) => id.trim())
    .filter(Boolean)
  return {
    placement,
    product_id: value("product-id"),
    cart_id: value("cart-id"),
    product_ids: products && [...new Set(products)].slice(0, MOST_PRODUCTS),
    query: value("query")?.slice(0, LONGEST_QUERY),
    category_id: value("category-id"),
    limit: limitOf(value("limit")),
  }
}

function limitOf(text: string | undefined): number | undefined {
  const limit = Math.floor(Number(text ?? NaN))
  return limit >= 1 && limit <= MOST ? limit : undefined
}
