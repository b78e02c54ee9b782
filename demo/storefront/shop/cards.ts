import type { MarketingShelf } from "../../../storefront"
import type { Shop } from "./shop"
import type { Product, Variant } from "./store-api"
import { h } from "./view"
import { fill } from "./words"

export function picture(product: { thumbnail: string | null }, eager = false): HTMLElement {
  const place = h("span", { class: "picture" })
  if (product.thumbnail === null) return place
  const loading = eager ? "eager" : "lazy"
  const image = h("img", {
    src: product.thumbnail,
    alt: "",
    loading,
    decoding: "async",
    onerror: () => image.remove(),
  })
  place.append(image)
  return place
}

export function priceOf(shop: Shop, variants: readonly Variant[]): HTMLElement {
  const prices = variants.flatMap(({ calculated_price: price }) =>
    price && price.calculated_amount !== null ? [price] : [],
  )
  const place = h("span", { class: "price" })
  if (prices.length === 0) return place
  const lowest = prices.reduce((a, b) => (b.calculated_amount! < a.calculated_amount! ? b : a))
  const text = shop.price(lowest.calculated_amount, lowest.currency_code)
  const varied = prices.some((price) => price.calculated_amount !== lowest.calculated_amount)
  place.append(varied ? fill(shop.words.from, { price: text }) : text)
  if (lowest.original_amount !== null && lowest.original_amount > lowest.calculated_amount!) {
    place.append(" ", h("s", {}, shop.price(lowest.original_amount, lowest.currency_code)))
  }
  return place
}

export function productCard(shop: Shop, product: Product, eager: boolean): HTMLElement {
  return h(
    "li",
    { class: "card" },
    picture(product, eager),
    h("a", { href: `/products/${product.handle}`, class: "cover" }, shop.title(product)),
    priceOf(shop, product.variants ?? []),
  )
}

export function waitingCards(count: number): HTMLElement[] {
  return Array.from({ length: count }, () =>
    h(
      "li",
      { class: "card waiting", "aria-hidden": "true" },
      h("span", { class: "picture" }),
      h("span", { class: "bone" }),
      h("span", { class: "bone short" }),
    ),
  )
}

/** A shelf of suggestions; what is added from it carries the decision that put it there. */
export function shelf(
  shop: Shop,
  placement: string,
  attributes: Record<string, string> = {},
): MarketingShelf {
  const element = document.createElement("marketing-shelf")
  element.setAttribute("placement", placement)
  element.setAttribute("region-id", shop.region.id)
  element.setAttribute("country-code", shop.country)
  element.setAttribute("locale", shop.locale)
  element.setAttribute("add-to-cart", "")
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

/** A shelf of the merchant's own, where this store has it. */
export function ownShelf(shop: Shop, placement: string): MarketingShelf | undefined {
  return shop.ownPlacements.includes(placement) ? shelf(shop, placement) : undefined
}
