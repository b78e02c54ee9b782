import type { Recommendation } from "../src/types/http"
import { element } from "./dom"
import { fill, formatPrice, messagesFor } from "./i18n"
import { reasonText, type TitleOf } from "./reason-text"

export interface CardOptions {
  locale: string
  /** "/products/{handle}"; also {id}. */
  linkTemplate: string
  addToCart: boolean
  title: string
  /** Names the products that reasons speak of. */
  titleOf: TitleOf
  /** The link was followed, or opened in a tab of its own. */
  opened: (event: MouseEvent, link: HTMLAnchorElement) => void
  added: (variantId: string) => void
}

export function card(item: Recommendation, options: CardOptions): HTMLLIElement {
  const { locale, title } = options
  const messages = messagesFor(locale)
  const { handle, thumbnail, variants = [] } = item.product!
  const href = fill(options.linkTemplate, {
    handle: encodeURIComponent(handle ?? ""),
    id: encodeURIComponent(item.product_id),
  })
  const link = element("a", { href }, title)
  link.addEventListener("click", (event) => options.opened(event, link))
  link.addEventListener("auxclick", (event) => {
    if (event.button === 1) options.opened(event, link)
  })
  const reason = reasonText(item.reason, locale, options.titleOf)
  const foot = element("div", { class: "foot" }, price(item, locale))
  // With options to choose from, the product's own page is where that is done.
  if (options.addToCart && variants.length === 1) {
    const named = fill(messages.addNamed, { title })
    const button = element("button", { type: "button", class: "add", "aria-label": named }, messages.add)
    button.addEventListener("click", () => options.added(variants[0].id))
    foot.append(button)
  }
  const picture = element("div", { class: "picture" })
  if (thumbnail) {
    const image = element("img", { src: thumbnail, alt: "", loading: "lazy", decoding: "async" })
    image.addEventListener("error", () => image.remove())
    picture.append(image)
  }
  return element(
    "li",
    { "data-product-id": item.product_id },
    picture,
    element("div", { class: "text" }, link, reason && element("p", { class: "reason" }, reason), foot),
  )
}

/** A card of the same size, while the answer is awaited. */
export function bones(): HTMLLIElement {
  return element(
    "li",
    { "aria-hidden": "true" },
    element("div", { class: "picture" }),
    element(
      "div",
      { class: "text" },
      element("div", { class: "bone" }),
      element("div", { class: "bone short" }),
    ),
  )
}

/** The lowest price of its variants, with what it was before. */
function price(item: Recommendation, locale: string): HTMLElement {
  const messages = messagesFor(locale)
  const prices = (item.product?.variants ?? []).flatMap(({ calculated_price: one }) =>
    one && one.calculated_amount !== null && one.currency_code
      ? [{ now: one.calculated_amount, was: one.original_amount, currency: one.currency_code }]
      : [],
  )
  const place = element("span", { class: "price" })
  if (prices.length === 0) return place
  const lowest = prices.reduce((best, one) => (one.now < best.now ? one : best))
  const now = formatPrice(lowest.now, lowest.currency, locale)
  const varied = prices.some((one) => one.now !== lowest.now)
  place.append(varied ? fill(messages.from, { price: now }) : now)
  if (lowest.was !== null && lowest.was > lowest.now) {
    const was = formatPrice(lowest.was, lowest.currency, locale)
    const spoken = element("span", { class: "away" }, `, ${fill(messages.was, { price: was })}`)
    place.append(element("s", { "aria-hidden": "true" }, was), spoken)
  }
  return place
}
