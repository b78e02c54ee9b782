import type { PlacementSummary } from "../../src/types/http"

/** What each kind of page has to tell its shelf, with a stand-in for what the page knows. */
const ATTRIBUTES: Record<PlacementSummary["context"], string> = {
  none: "",
  product: ' product-id="prod_..."',
  cart: ' cart-id="cart_..."',
  products: ' product-ids="prod_...,prod_..."',
  search: ' query="..."',
}

/** The element that shows a placement in a storefront. */
export function shelfTag({ handle, context }: Pick<PlacementSummary, "handle" | "context">): string {
  return `<marketing-shelf placement="${handle}"${ATTRIBUTES[context]}></marketing-shelf>`
}
