import type { Marketing } from "../../../storefront"
import { ownShelf, productCard, shelf, waitingCards } from "./cards"
import type { PageMaker } from "./page"
import type { Shop } from "./shop"
import type { Category } from "./store-api"
import { h } from "./view"
import { fill } from "./words"

const AT_ONCE = 24

/** The front page, a category or the results of a search. */
export const listPage: PageMaker = (shop, place) => {
  const { words } = shop
  const query = place.query.get("q")?.trim() ?? ""
  const category = shop.categories.find(({ handle }) => handle === place.name)
  const front = !query && !category
  const title = query
    ? fill(words.searchResults, { query })
    : category
      ? shop.categoryName(category)
      : words.everything
  const count = h("p", { class: "count", role: "status" }, " ")
  const grid = h("ul", { class: "grid", role: "list" }, waitingCards(12))
  const more = h("button", { type: "button", class: "quiet more", hidden: true }, words.more)
  const element = h(
    "div",
    {},
    front && hero(shop),
    front && shelf(shop, "home"),
    h(
      "section",
      { class: "list" },
      front ? h("h2", {}, title) : h("h1", {}, title),
      filter(shop, category),
      count,
      grid,
      more,
    ),
    // Last, since who has looked at nothing yet has no such shelf: nothing moves when it goes.
    front && ownShelf(shop, "recently_viewed"),
  )

  const shown: string[] = []
  const load = async (): Promise<void> => {
    more.disabled = true
    const { products, count: total } = await shop.api.products(shop.region.id, {
      q: query || undefined,
      category_id: category?.id,
      limit: AT_ONCE,
      offset: shown.length,
      order: query ? undefined : "-created_at",
    })
    if (shown.length === 0) {
      grid.replaceChildren()
      count.textContent = total > 0 ? fill(words.products, { count: total }) : words.noResults
      if (query && total === 0) grid.replaceWith(shelf(shop, "empty_search", { query }))
      const ids = products.map(({ id }) => id)
      shop.tellMarketing((marketing) => announce(marketing, query, category, ids, total))
    }
    const first = grid.children.length
    grid.append(...products.map((product, index) => productCard(shop, product, first + index < 6)))
    shown.push(...products.map(({ id }) => id))
    more.hidden = shown.length >= total || products.length === 0
    more.disabled = false
    if (first > 0) grid.children[first]?.querySelector("a")?.focus()
  }
  const attempt = (): void => {
    load().catch((error: Error) => {
      if (shown.length === 0) grid.replaceChildren()
      const retry = h("button", { type: "button", class: "quiet", onclick: attempt }, words.retry)
      count.replaceChildren(fill(words.failed, { message: error.message }), " ", retry)
    })
  }
  more.addEventListener("click", attempt)
  attempt()
  return { title: front ? "" : title, element }
}

function announce(
  marketing: Marketing,
  query: string,
  category: Category | undefined,
  products: string[],
  total: number,
): void {
  if (query) marketing.track({ type: "searched", query, results: total })
  const list = query ? "search" : category ? "category" : "home"
  marketing.track({ type: "list_viewed", list, list_id: category?.id, product_ids: products })
}

function hero(shop: Shop): HTMLElement {
  return h("section", { class: "hero" }, h("h1", {}, shop.words.tagline), h("p", {}, shop.words.intro))
}

/** The main categories, and under the chosen one its own. */
function filter(shop: Shop, chosen: Category | undefined): HTMLElement {
  const main = shop.categories.filter(({ parent_category_id }) => !parent_category_id)
  const open = chosen?.parent_category_id ?? chosen?.id
  const under = shop.categories.filter(({ parent_category_id }) => open && parent_category_id === open)
  const chip = (name: string, href: string, current: boolean): HTMLElement =>
    h("li", {}, h("a", { href, class: "chip", "aria-current": current ? "page" : undefined }, name))
  const row = (categories: Category[], extra?: HTMLElement): HTMLElement =>
    h(
      "ul",
      { class: "chips", role: "list" },
      extra ?? null,
      categories.map((category) =>
        chip(
          shop.categoryName(category),
          `/categories/${category.handle}`,
          category.id === chosen?.id || category.id === open,
        ),
      ),
    )
  return h(
    "nav",
    { "aria-label": shop.words.categories, class: "filter" },
    row(main, chip(shop.words.all, "/", !chosen)),
    under.length > 0 && row(under),
  )
}
