import type { Placement, Recommendation, RecommendationsAnswer } from "../src/types/http"
import { element } from "./dom"
import { fill, formatPrice, messagesFor, reasonText } from "./i18n"
import type { Marketing } from "./marketing"
import { ElementBase, whenRunning } from "./running"
import { SHELF_STYLE } from "./shelf-style"

/** `detail` of `marketing:select` (cancelable: then the link is not followed) and `marketing:add`. */
export interface ShelfSelection {
  product_id: string
  variant_id?: string
  decision_id: string
  /** From 0. */
  position: number
  recommendation: Recommendation
}

const SHOWN_FOR = 1000
/** Pixels of padding at the ends of the list, which snapping may scroll away. */
const EDGE = 4
const WITHOUT_PRICES = "id,title,handle,thumbnail,variants.id,variants.title"
const DEFAULT_LINK = "/products/{handle}"

/**
 * `<marketing-shelf placement="product" product-id="prod_…" region-id="reg_…">`: suggestions with their reasons.
 * Keeps its place while loading, and takes itself away when there is nothing to suggest or nobody answers.
 *
 * Attributes: placement, product-id, cart-id, limit (8), region-id, country-code, locale, heading, link-template
 * ("/products/{handle}"; also {id}), add-to-cart (shows a button that fires `marketing:add`).
 */
export class MarketingShelf extends ElementBase {
  static readonly observedAttributes = [
    "placement",
    "product-id",
    "cart-id",
    "limit",
    "region-id",
    "country-code",
    "locale",
    "heading",
    "link-template",
    "add-to-cart",
  ]

  private marketing: Marketing | undefined
  private answer: RecommendationsAnswer | undefined
  /** What is asked for; a change asks again, other attributes only draw anew. */
  private asked = ""
  private turn = 0
  private due = false
  private shown = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private observer: IntersectionObserver | undefined
  private visible = false
  private readonly redraw = (): void => this.update()
  private readonly reconsider = (): void => this.watch()

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" })
    window.addEventListener("marketing:locale", this.redraw)
    window.addEventListener("marketing:consent", this.reconsider)
    this.update()
    whenRunning((marketing) => {
      this.marketing = marketing
      this.update()
      void marketing.ready.then(this.reconsider)
    })
  }

  disconnectedCallback(): void {
    window.removeEventListener("marketing:locale", this.redraw)
    window.removeEventListener("marketing:consent", this.reconsider)
    this.observer?.disconnect()
    clearTimeout(this.timer)
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.update()
  }

  /** Asks again, e.g. after the cart has changed. */
  refresh(): void {
    this.asked = ""
    this.update()
  }

  private get placement(): Placement {
    return (this.getAttribute("placement") ?? "home") as Placement
  }

  private get limit(): number {
    const limit = Math.floor(Number(this.getAttribute("limit") ?? 8))
    return limit >= 1 && limit <= 50 ? limit : 8
  }

  private get locale(): string {
    return this.getAttribute("locale") ?? this.marketing?.locale ?? (document.documentElement.lang || "en")
  }

  /** Several attributes set in one go make one request. */
  private update(): void {
    if (this.due) return
    this.due = true
    queueMicrotask(() => {
      this.due = false
      if (!this.isConnected) return
      void this.load()
      this.draw()
    })
  }

  private async load(): Promise<void> {
    const { marketing } = this
    if (!marketing) return
    const region_id = this.getAttribute("region-id") || undefined
    const cart_id = this.getAttribute("cart-id") || undefined
    const query = {
      placement: this.placement,
      product_id: this.getAttribute("product-id") || undefined,
      cart_id,
      region_id,
      country_code: this.getAttribute("country-code") ?? marketing.country,
      limit: this.limit,
      fields: region_id || cart_id ? "default" : WITHOUT_PRICES,
    }
    const complete =
      query.placement === "product"
        ? query.product_id
        : query.placement === "cart"
          ? query.cart_id
          : query.placement
    const asked = JSON.stringify(query)
    if (asked === this.asked) return
    this.asked = asked
    const turn = ++this.turn
    if (!complete) {
      this.hidden = true
      return
    }
    this.hidden = false
    this.answer = undefined
    try {
      const answer = await marketing.client.recommendations(
        { ...query, visitor_id: marketing.visitorId },
        marketing.customerToken,
      )
      if (turn !== this.turn) return
      this.answer = answer
      this.shown = false
      this.hidden = this.items().length === 0
    } catch {
      // The shop works on without suggestions.
      if (turn !== this.turn) return
      this.hidden = true
    }
    this.draw()
  }

  /** A suggestion without a title is one whose product could not be read: nothing to show. */
  private items(): Recommendation[] {
    return this.answer?.recommendations.filter((item) => item.product?.title) ?? []
  }

  private draw(): void {
    const root = this.shadowRoot
    if (!root) return
    const messages = messagesFor(this.locale)
    const heading = this.getAttribute("heading") ?? messages.heading[this.placement] ?? ""
    const items = this.items()
    const list = element("ul", { role: "list", "aria-label": heading })
    if (this.answer) list.append(...items.map((item, position) => this.card(item, position)))
    else list.append(...Array.from({ length: this.limit }, bones))
    const back = element("button", { type: "button", "aria-label": messages.previous }, "‹")
    const forth = element("button", { type: "button", "aria-label": messages.next }, "›")
    const arrows = element("nav", { "aria-label": heading }, back, forth)
    const section = element(
      "section",
      {
        "aria-label": heading,
        "aria-busy": this.answer ? "false" : "true",
        class: this.answer ? "" : "loading",
      },
      element("header", {}, element("h2", {}, heading), arrows),
      this.answer ? undefined : element("p", { class: "away", role: "status" }, messages.loading),
      list,
    )
    root.replaceChildren(element("style", {}, SHELF_STYLE), section)
    if (this.answer) this.makeScrollable(list, arrows, back, forth)
    this.watch()
  }

  private card(item: Recommendation, position: number): HTMLLIElement {
    const messages = messagesFor(this.locale)
    const product = item.product!
    const title = product.title ?? ""
    const template = this.getAttribute("link-template") ?? DEFAULT_LINK
    const href = fill(template, {
      handle: encodeURIComponent(product.handle ?? ""),
      id: encodeURIComponent(item.product_id),
    })
    const link = element("a", { href }, title)
    link.addEventListener("click", (event) => {
      this.clicked(item, position)
      if (!this.fire("marketing:select", item, position)) event.preventDefault()
    })
    const reason = reasonText(item.reason, this.locale)
    const variants = product.variants ?? []
    const foot = element("div", { class: "foot" }, this.price(item))
    // With options to choose from, the product's own page is where that is done.
    if (this.hasAttribute("add-to-cart") && variants.length === 1) {
      const named = fill(messages.addNamed, { title })
      const button = element("button", { type: "button", class: "add", "aria-label": named }, messages.add)
      button.addEventListener("click", () => {
        this.clicked(item, position)
        this.fire("marketing:add", item, position, variants[0].id)
      })
      foot.append(button)
    }
    const picture = element("div", { class: "picture" })
    if (product.thumbnail) {
      const image = element("img", { src: product.thumbnail, alt: "", loading: "lazy", decoding: "async" })
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

  private price(item: Recommendation): HTMLElement {
    const messages = messagesFor(this.locale)
    const prices = (item.product?.variants ?? []).flatMap(({ calculated_price: price }) =>
      price && price.calculated_amount !== null && price.currency_code
        ? [{ now: price.calculated_amount, was: price.original_amount, currency: price.currency_code }]
        : [],
    )
    const place = element("span", { class: "price" })
    if (prices.length === 0) return place
    const lowest = prices.reduce((best, price) => (price.now < best.now ? price : best))
    const now = formatPrice(lowest.now, lowest.currency, this.locale)
    const varied = prices.some((price) => price.now !== lowest.now)
    place.append(varied ? fill(messages.from, { price: now }) : now)
    if (lowest.was !== null && lowest.was > lowest.now) {
      const was = formatPrice(lowest.was, lowest.currency, this.locale)
      const spoken = element("span", { class: "away" }, `, ${fill(messages.was, { price: was })}`)
      place.append(element("s", { "aria-hidden": "true" }, was), spoken)
    }
    return place
  }

  private fire(name: string, item: Recommendation, position: number, variantId?: string): boolean {
    const detail: ShelfSelection = {
      product_id: item.product_id,
      variant_id: variantId,
      decision_id: this.answer!.decision_id,
      position,
      recommendation: item,
    }
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }),
    )
  }

  private clicked(item: Recommendation, position: number): void {
    this.marketing?.track({
      type: "recommendation_clicked",
      decision_id: this.answer!.decision_id,
      product_id: item.product_id,
      position,
    })
  }

  private makeScrollable(
    list: HTMLElement,
    arrows: HTMLElement,
    back: HTMLButtonElement,
    forth: HTMLButtonElement,
  ): void {
    const measure = (): void => {
      const overflows = list.scrollWidth > list.clientWidth + 1
      arrows.classList.toggle("on", overflows)
      // A list that scrolls must be reachable by keyboard; one that does not is only in the way.
      if (overflows) list.tabIndex = 0
      else list.removeAttribute("tabindex")
      back.disabled = list.scrollLeft <= EDGE
      forth.disabled = list.scrollLeft + list.clientWidth >= list.scrollWidth - EDGE
    }
    const scroll = (direction: number): void =>
      list.scrollBy({ left: direction * Math.max(120, list.clientWidth * 0.8) })
    back.addEventListener("click", () => scroll(-1))
    forth.addEventListener("click", () => scroll(1))
    list.addEventListener("scroll", measure, { passive: true })
    // Fires once at the start, and again when the shelf is given another width.
    new ResizeObserver(measure).observe(list)
  }

  /** At least half of the shelf in view for a second is an exposure, once an answer. */
  private watch(): void {
    this.observer?.disconnect()
    clearTimeout(this.timer)
    if (this.shown || !this.answer || this.hidden || !this.marketing?.granted("analytics")) return
    this.observer = new IntersectionObserver(
      (entries) => {
        this.visible = entries[entries.length - 1].intersectionRatio >= 0.5
        clearTimeout(this.timer)
        if (this.visible) this.timer = setTimeout(() => this.exposed(), SHOWN_FOR)
      },
      { threshold: 0.5 },
    )
    this.observer.observe(this)
  }

  private exposed(): void {
    if (this.shown || !this.answer || document.visibilityState !== "visible") return
    const recorded = this.marketing?.track({
      type: "recommendation_shown",
      decision_id: this.answer.decision_id,
      placement: this.placement,
      product_ids: this.items().map((item) => item.product_id),
    })
    if (!recorded) return
    this.shown = true
    this.observer?.disconnect()
  }
}

/** A card of the same size, while the answer is awaited. */
function bones(): HTMLLIElement {
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
