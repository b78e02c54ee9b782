import type { ShelfSelection } from "../../../storefront"
import { accountPage, orderPage } from "./account-page"
import { cartPage } from "./cart-page"
import { checkoutPage } from "./checkout-page"
import { ControlGroup } from "./control-group"
import { listPage } from "./list-page"
import type { Page, PageMaker } from "./page"
import { productPage } from "./product-page"
import { Shop } from "./shop"
import { h } from "./view"
import { fill, type Language } from "./words"

const ROUTES: [RegExp, PageMaker][] = [
  [/^\/$/, listPage],
  [/^\/search$/, listPage],
  [/^\/categories\/([^/]+)$/, listPage],
  [/^\/products\/([^/]+)$/, productPage],
  [/^\/cart$/, cartPage],
  [/^\/checkout$/, checkoutPage],
  [/^\/account$/, accountPage],
  [/^\/order$/, orderPage],
]

const missingPage: PageMaker = ({ words }) => ({
  title: words.notFound,
  element: h("div", {}, h("h1", {}, words.notFound), h("a", { href: "/" }, words.backHome)),
})

const settings = JSON.parse(document.getElementById("settings")!.textContent) as {
  medusaUrl: string
  publishableKey: string
  ownPlacements: string[]
  controlPercent: number
}
const shop = new Shop(settings)
const main = document.querySelector("main")!
const bar = document.getElementById("bar")!
const foot = document.getElementById("foot")!
const said = document.getElementById("said")!
main.before(new ControlGroup(shop, settings.controlPercent, show).element)
let page: Page | undefined

function show(): void {
  page?.close?.()
  const path = location.pathname.replace(/(.)\/$/, "$1")
  const [name, make] = ROUTES.map(([pattern, maker]) => [pattern.exec(path), maker] as const).find(
    ([match]) => match,
  ) ?? [null, missingPage]
  const place = {
    path,
    query: new URLSearchParams(location.search),
    name: decodeURIComponent(name?.[1] ?? ""),
  }
  page = make(shop, place, go)
  document.title = page.title ? `${page.title} – Kettle & Fern` : "Kettle & Fern"
  main.replaceChildren(page.element)
}

function go(path: string): void {
  history.pushState(null, "", path)
  shop.tellMarketing((marketing) => marketing.page())
  show()
  scrollTo(0, 0)
  // Whoever hears the page rather than sees it is told that it is another one.
  main.focus({ preventScroll: true })
}

function header(): void {
  const { words } = shop
  const search = h("input", {
    type: "search",
    name: "q",
    "aria-label": words.search,
    placeholder: words.searchHint,
    value: new URLSearchParams(location.search).get("q") ?? "",
    maxlength: 100,
  })
  const countries = h(
    "select",
    { "aria-label": words.country, onchange: () => choose(shop.chooseCountry(countries.value)) },
    shop.regions.flatMap((region) =>
      (region.countries ?? []).map(({ iso_2, display_name }) =>
        h(
          "option",
          { value: iso_2, selected: iso_2 === shop.country },
          shop.countryName(iso_2 ?? "", display_name),
        ),
      ),
    ),
  )
  const languages = h(
    "select",
    {
      "aria-label": words.language,
      onchange: () => choose(shop.chooseLanguage(languages.value as Language)),
    },
    h("option", { value: "en", selected: shop.language === "en", lang: "en" }, "English"),
    h("option", { value: "zh", selected: shop.language === "zh", lang: "zh-CN" }, "中文"),
  )
  const count = shop.basketCount
  bar.replaceChildren(
    h(
      "a",
      { href: "/", class: "name", "aria-label": `Kettle & Fern, ${words.home}` },
      "Kettle ",
      h("i", {}, "&"),
      " Fern",
    ),
    h(
      "form",
      {
        role: "search",
        action: "/search",
        onsubmit: (event) => {
          event.preventDefault()
          const query = search.value.trim()
          go(query ? `/search?q=${encodeURIComponent(query)}` : "/")
        },
      },
      search,
      h("button", { class: "quiet" }, words.search),
    ),
    h("div", { class: "settings" }, countries, languages),
    h(
      "nav",
      { "aria-label": words.account },
      h("a", { href: "/account" }, shop.customer?.first_name ?? words.signIn),
      h(
        "a",
        { href: "/cart", class: "basket" },
        `${words.basket} `,
        h("b", { class: count > 0 ? "" : "none" }, count),
      ),
    ),
  )
  foot.replaceChildren(
    h("p", {}, words.demo),
    h(
      "button",
      {
        type: "button",
        class: "plain",
        onclick: () => shop.tellMarketing((marketing) => marketing.askConsent()),
      },
      words.privacy,
    ),
  )
  document.getElementById("skip")!.textContent = words.skip
}

/** Country or language changed: everything is drawn anew. */
function choose(work: Promise<void>): void {
  work.then(show).catch((error: Error) => shop.say(fill(shop.words.failed, { message: error.message })))
}

let silence: ReturnType<typeof setTimeout> | undefined
shop.addEventListener("say", (event) => {
  said.textContent = (event as CustomEvent<string>).detail
  said.classList.add("on")
  clearTimeout(silence)
  silence = setTimeout(() => said.classList.remove("on"), 4000)
})
shop.addEventListener("changed", header)

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  // Links of a shelf lie in its shadow tree: the path still shows them.
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
  if (!link || link.origin !== location.origin || link.target || link.hash) return
  event.preventDefault()
  go(link.pathname + link.search)
})
document.addEventListener("marketing:add", (event) => {
  const { product_id, variant_id, recommendation } = (event as CustomEvent<ShelfSelection>).detail
  if (!variant_id) return
  shop
    .add({ id: product_id, title: recommendation.product?.title ?? "" }, variant_id)
    .catch((error: Error) => shop.say(fill(shop.words.failed, { message: error.message })))
})
addEventListener("popstate", () => {
  shop.tellMarketing((marketing) => marketing.page())
  header()
  show()
})

function open(): void {
  shop
    .open()
    .then(() => {
      header()
      show()
    })
    .catch((error: Error) => {
      const { words } = shop
      const retry = h("button", { type: "button", class: "main", onclick: open }, words.retry)
      main.replaceChildren(h("p", { role: "alert" }, fill(words.failed, { message: error.message })), retry)
    })
}
open()
