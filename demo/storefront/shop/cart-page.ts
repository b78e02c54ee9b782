import { picture, shelf } from "./cards"
import type { PageMaker } from "./page"
import type { Shop } from "./shop"
import type { Cart, LineItem } from "./store-api"
import { h } from "./view"
import { fill } from "./words"

export const cartPage: PageMaker = (shop) => {
  const { words } = shop
  const lines = h("ul", { class: "lines", role: "list" })
  const sums = h("div", { class: "summary" })
  const empty = h("p", {}, words.emptyBasket, " ", h("a", { href: "/" }, words.keepShopping))
  const full = h("div", { class: "columns" }, lines, sums)
  const suggestions = shelf(shop, "home")
  const element = h("div", {}, h("h1", {}, words.basket), empty, full, suggestions)
  let held: string | undefined
  const draw = (): void => {
    const { cart } = shop
    const items = sorted(cart)
    empty.hidden = items.length > 0
    full.hidden = items.length === 0
    lines.replaceChildren(...items.map((item) => line(shop, item)))
    if (cart)
      sums.replaceChildren(totals(shop, cart), h("a", { href: "/checkout", class: "main" }, words.checkout))
    const holds = items.map(({ variant_id }) => variant_id).join()
    if (holds === held) return
    held = holds
    suggestions.setAttribute("placement", cart && holds ? "cart" : "home")
    if (cart && holds) suggestions.setAttribute("cart-id", cart.id)
    else suggestions.removeAttribute("cart-id")
    // What is in the basket decides what goes with it. Until the plugin's script is there, nothing is shown to refresh.
    suggestions.refresh?.()
  }
  draw()
  shop.addEventListener("changed", draw)
  return { title: words.basket, element, close: () => shop.removeEventListener("changed", draw) }
}

function sorted(cart: Cart | undefined): LineItem[] {
  return [...(cart?.items ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function line(shop: Shop, item: LineItem): HTMLElement {
  const { words } = shop
  const cart = shop.cart!
  const title = item.product_title ?? item.title
  const change = (work: Promise<Cart>, row: HTMLElement): void => {
    row.setAttribute("aria-busy", "true")
    work
      .then((changed) => shop.setCart(changed))
      .catch((error: Error) => {
        shop.say(fill(words.failed, { message: error.message }))
        shop.changed()
      })
  }
  const amount = h("input", {
    type: "number",
    min: 1,
    max: 20,
    value: item.quantity,
    "aria-label": fill(words.quantityOf, { title }),
    onchange: () => {
      const quantity = Math.max(1, Math.min(20, amount.valueAsNumber || 1))
      change(shop.api.setQuantity(cart.id, item.id, quantity), row)
    },
  })
  const remove = h(
    "button",
    {
      type: "button",
      class: "plain",
      "aria-label": fill(words.removeNamed, { title }),
      onclick: () => change(shop.api.removeLine(cart.id, item.id), row),
    },
    words.remove,
  )
  const row = h(
    "li",
    {},
    picture(item),
    h(
      "div",
      { class: "what" },
      h("a", { href: `/products/${item.product_handle}` }, title),
      h("small", {}, item.variant_title ?? ""),
      h("div", { class: "edit" }, amount, remove),
    ),
    h("strong", {}, shop.price(item.unit_price * item.quantity, cart.currency_code)),
  )
  return row
}

export function totals(shop: Shop, cart: Cart): HTMLElement {
  const { words } = shop
  const shipped = (cart.shipping_methods?.length ?? 0) > 0
  const row = (name: string, value: string, className = ""): HTMLElement =>
    h("div", { class: className }, h("dt", {}, name), h("dd", {}, value))
  const money = (amount: number): string => shop.price(amount, cart.currency_code)
  return h(
    "section",
    { "aria-label": words.summary },
    h("h2", {}, words.summary),
    h(
      "dl",
      { class: "totals" },
      row(words.subtotal, money(cart.item_subtotal)),
      cart.discount_total > 0 && row(words.discount, `−${money(cart.discount_total)}`),
      row(words.shipping, shipped ? money(cart.shipping_total) : words.later),
      cart.tax_total > 0 && row(words.tax, money(cart.tax_total)),
      row(words.total, money(cart.total), "grand"),
    ),
  )
}
