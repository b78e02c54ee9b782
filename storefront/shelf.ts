import type { Recommendation, RecommendationsAnswer, ShelfQuery } from "../src/types/http"
import { element } from "./dom"
import { Exposure } from "./exposure"
import { headingFor, messagesFor } from "./i18n"
import type { Marketing } from "./marketing"
import { ElementBase, whenRunning } from "./running"
import { bones, card } from "./shelf-card"
import { CONTEXT_ATTRIBUTES, shelfQuery } from "./shelf-query"
import { makeScrollable } from "./shelf-row"
import { SHELF_STYLE } from "./shelf-style"
import { withDecision } from "./trail"

/** `detail` of `marketing:select` (cancelable: then the link is not followed) and `marketing:add`. */
export interface ShelfSelection {
  product_id: string
  variant_id?: string
  decision_id: string
  /** From 0. */
  position: number
  recommendation: Recommendation
}

const WITHOUT_PRICES = "id,title,handle,thumbnail,variants.id,variants.title"
const DEFAULT_LINK = "/products/{handle}"
const DEFAULT_SIZE = 8
/** How many products a placement showed last, so that its next skeleton is of that size. */
const lastSizes = new Map<string, number>()

/**
 * `<marketing-shelf placement="product" product-id="prod_…" region-id="reg_…">`: suggestions with their reasons.
 * Keeps its place while loading, and takes itself away when there are too few to show or nobody answers.
 *
 * Attributes: placement, product-id, product-ids (comma-separated), cart-id, query, category-id, limit (the placement's
 * size unless given), region-id, country-code, locale, heading, link-template ("/products/{handle}"; also {id}),
 * add-to-cart (shows a button that fires `marketing:add`).
 */
export class MarketingShelf extends ElementBase {
  static readonly observedAttributes = [
    "placement",
    ...CONTEXT_ATTRIBUTES,
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
  private again = false
  private loading = false
  private turn = 0
  private due = false
  private shown = false
  private readonly exposure = new Exposure(this, () => this.exposed())
  private readonly redraw = (): void => this.update()
  private readonly reconsider = (): void => this.watch()

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" })
    window.addEventListener("marketing:locale", this.redraw)
    window.addEventListener("marketing:titles", this.redraw)
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
    window.removeEventListener("marketing:titles", this.redraw)
    window.removeEventListener("marketing:consent", this.reconsider)
    this.exposure.stop()
    this.marketing?.shelves.leave(this)
    // Put elsewhere it asks again: other shelves may stand there.
    this.asked = ""
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.update()
  }

  /** Asks again, e.g. after the cart has changed. What it shows stays until the answer. */
  refresh(): void {
    this.again = true
    this.update()
  }

  private get placement(): string {
    return this.getAttribute("placement")?.trim() || "home"
  }

  private get locale(): string {
    return this.getAttribute("locale") || this.marketing?.locale || document.documentElement.lang || "en"
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
    const query = shelfQuery(this)
    const region_id = this.getAttribute("region-id") || undefined
    const context = {
      region_id,
      country_code: this.getAttribute("country-code") || marketing.country,
      fields: region_id || query?.cart_id ? "default" : WITHOUT_PRICES,
    }
    const asked = JSON.stringify([query, context])
    if (asked === this.asked && !this.again) return
    if (asked !== this.asked) this.answer = undefined
    this.asked = asked
    this.again = false
    const turn = ++this.turn
    this.loading = query !== undefined
    this.hidden = query === undefined || (this.answer !== undefined && this.items().length === 0)
    if (query) await this.ask(marketing, query, context, turn)
    else marketing.shelves.leave(this)
  }

  private async ask(
    marketing: Marketing,
    query: ShelfQuery,
    context: { region_id?: string; country_code?: string; fields: string },
    turn: number,
  ): Promise<void> {
    let answer: RecommendationsAnswer | undefined
    try {
      answer = await marketing.shelves.ask(this, query, context)
    } catch {
      // The shop works on without suggestions.
    }
    if (turn !== this.turn || !this.isConnected) return
    this.loading = false
    this.answer = answer
    this.shown = false
    for (const { product_id, product } of answer?.recommendations ?? []) {
      if (product?.title) marketing.titles.learn(product_id, product.title)
    }
    const items = this.items()
    this.hidden = items.length === 0
    if (items.length > 0) lastSizes.set(this.placement, items.length)
    marketing.shelves.shows(
      this,
      items.map(({ product_id }) => product_id),
    )
    this.draw()
  }

  /** What can be shown: products that could be read, unless they are fewer than the placement thinks worth it. */
  private items(): Recommendation[] {
    const items = this.answer?.recommendations.filter((item) => item.product?.title) ?? []
    return items.length < (this.answer?.minimum ?? 1) ? [] : items
  }

  private draw(): void {
    const root = this.shadowRoot
    if (!root) return
    const messages = messagesFor(this.locale)
    const heading = this.getAttribute("heading") ?? headingFor(this.placement, this.locale)
    const list = element("ul", { role: "list", "aria-label": heading })
    if (this.answer) list.append(...this.items().map((item, position) => this.card(item, position)))
    else list.append(...Array.from({ length: this.skeletonSize }, bones))
    const back = element("button", { type: "button", "aria-label": messages.previous }, "‹")
    const forth = element("button", { type: "button", "aria-label": messages.next }, "›")
    const arrows = element("nav", { "aria-label": heading }, back, forth)
    const section = element(
      "section",
      {
        "aria-label": heading,
        "aria-busy": this.answer && !this.loading ? "false" : "true",
        class: this.answer ? "" : "loading",
      },
      element("header", {}, element("h2", { title: heading }, heading), arrows),
      this.answer ? undefined : element("p", { class: "away", role: "status" }, messages.loading),
      list,
    )
    const place = placeIn(root)
    root.replaceChildren(element("style", {}, SHELF_STYLE), section)
    if (this.answer) makeScrollable(list, arrows, back, forth)
    place.restore(list)
    this.watch()
  }

  private get skeletonSize(): number {
    return shelfQuery(this)?.limit ?? lastSizes.get(this.placement) ?? DEFAULT_SIZE
  }

  private card(item: Recommendation, position: number): HTMLLIElement {
    const { marketing } = this
    const here = this.getAttribute("product-id")
    return card(item, {
      locale: this.locale,
      linkTemplate: this.getAttribute("link-template") ?? DEFAULT_LINK,
      addToCart: this.hasAttribute("add-to-cart"),
      title: marketing?.titles.toldOf(item.product_id) ?? item.product?.title ?? "",
      // What the page is about is plain from the page.
      titleOf: (id) => (id === here ? undefined : marketing?.titles.of(id)),
      opened: (event, link) => this.opened(event, link, item, position),
      added: (variantId) => {
        this.clicked(item, position)
        this.fire("marketing:add", item, position, variantId)
      },
    })
  }

  private opened(event: MouseEvent, link: HTMLAnchorElement, item: Recommendation, position: number): void {
    this.clicked(item, position)
    const elsewhere = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey
    if (!elsewhere) {
      if (!this.fire("marketing:select", item, position)) event.preventDefault()
      return
    }
    if (!this.marketing?.granted("analytics")) return
    // The new tab knows nothing of this one: its address says what led there, for as long as the browser reads it.
    const href = link.getAttribute("href") ?? ""
    link.setAttribute("href", withDecision(href, this.answer!.decision_id))
    setTimeout(() => link.setAttribute("href", href), 0)
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

  private watch(): void {
    this.exposure.stop()
    if (this.shown || !this.answer || this.hidden || !this.marketing?.granted("analytics")) return
    this.exposure.watch()
  }

  /** Once an answer. */
  private exposed(): boolean {
    if (this.shown || !this.answer) return false
    const recorded = this.marketing?.track({
      type: "recommendation_shown",
      decision_id: this.answer.decision_id,
      placement: this.answer.placement,
      product_ids: this.items().map((item) => item.product_id),
    })
    this.shown = recorded !== undefined
    return this.shown
  }
}

/** Where the shopper is in the list, so that a new drawing leaves them there. */
function placeIn(root: ShadowRoot): { restore: (list: HTMLElement) => void } {
  const scrolled = root.querySelector("ul")?.scrollLeft ?? 0
  const focused = root.activeElement
  const product = focused?.closest("li")?.dataset.productId
  return {
    restore: (list) => {
      if (scrolled) list.scrollTo({ left: scrolled, behavior: "instant" })
      if (!focused) return
      const same = Array.from(list.children).find((one) => (one as HTMLElement).dataset.productId === product)
      const target = (product && same?.querySelector<HTMLElement>(focused.localName)) || list
      // The card may be gone, e.g. into the basket: then whoever uses the keyboard is still at the list.
      if (target === list) list.tabIndex = list.tabIndex < 0 ? -1 : list.tabIndex
      target.focus({ preventScroll: true })
    },
  }
}
