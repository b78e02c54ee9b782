import { ownShelf, picture, priceOf, shelf } from "./cards"
import type { PageMaker } from "./page"
import type { Shop } from "./shop"
import type { Product, Variant } from "./store-api"
import { h } from "./view"
import { fill } from "./words"

export const productPage: PageMaker = (shop, place, go) => {
  const { words } = shop
  const page = {
    title: "",
    element: h(
      "div",
      {},
      h(
        "div",
        { class: "product waiting" },
        h("span", { class: "picture" }),
        h("div", { class: "facts" }, h("span", { class: "bone" }), h("span", { class: "bone short" })),
      ),
    ),
    close: () => stop(),
  }
  let product: Product | undefined
  const viewed = (): void => {
    const id = product?.id
    if (id) shop.tellMarketing((marketing) => marketing.track({ type: "product_viewed", product_id: id }))
  }
  // Consent may come while the page is open: then the view counts from that moment.
  const stop = (): void => window.removeEventListener("marketing:consent", viewed)
  window.addEventListener("marketing:consent", viewed)

  shop.api
    .product(shop.region.id, place.name)
    .then((found) => {
      if (!found) {
        page.element.replaceChildren(h("h1", {}, words.notFound), h("a", { href: "/" }, words.backHome))
        return
      }
      product = found
      const title = shop.title(found)
      document.title = `${title} – Kettle & Fern`
      page.element.replaceChildren(
        h("div", { class: "product" }, picture(found, true), facts(shop, found)),
        h(
          "div",
          { class: "shelves" },
          shelf(shop, "product", { "product-id": found.id }),
          ownShelf(shop, "recently_viewed"),
        ),
      )
      shop.tellMarketing((marketing) => marketing.nameProduct(found.id, title))
      viewed()
    })
    .catch((error: Error) => {
      const retry = h(
        "button",
        { type: "button", class: "quiet", onclick: () => go(location.pathname) },
        words.retry,
      )
      page.element.replaceChildren(
        h("p", { role: "alert" }, fill(words.failed, { message: error.message })),
        retry,
      )
    })
  return page
}

function facts(shop: Shop, product: Product): HTMLElement {
  const { words } = shop
  const variants = product.variants ?? []
  let chosen: Variant | undefined = variants.find(available) ?? variants[0]
  const price = h("p", { class: "big" })
  const stock = h("p", { class: "stock", role: "status" })
  const add = h("button", { type: "submit", class: "main" }, words.add)
  const amount = h("input", {
    type: "number",
    min: 1,
    max: 20,
    value: 1,
    inputmode: "numeric",
    required: true,
  })
  const draw = (): void => {
    price.replaceChildren(chosen ? priceOf(shop, [chosen]) : "")
    const left = chosen && available(chosen)
    const few =
      chosen?.manage_inventory && !chosen.allow_backorder ? (chosen.inventory_quantity ?? 0) : Infinity
    stock.textContent = !left ? words.soldOut : few <= 5 ? fill(words.few, { count: few }) : words.inStock
    stock.classList.toggle("out", !left)
    add.disabled = !left
  }
  draw()
  const form = h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault()
        if (!chosen) return
        add.disabled = true
        shop
          .add({ id: product.id, title: shop.title(product) }, chosen.id, amount.valueAsNumber || 1)
          .catch((error: Error) => shop.say(fill(words.failed, { message: error.message })))
          .finally(draw)
      },
    },
    variants.length > 1 &&
      h(
        "fieldset",
        { class: "variants" },
        h("legend", {}, product.options?.map(({ title }) => title).join(" / ") ?? ""),
        variants.map((variant) => {
          const radio = h("input", {
            type: "radio",
            name: "variant",
            value: variant.id,
            checked: variant.id === chosen?.id,
            onchange: () => {
              chosen = variant
              draw()
            },
          })
          return h("label", {}, radio, h("span", {}, variant.title ?? ""))
        }),
      ),
    h(
      "div",
      { class: "buy" },
      h("label", { class: "field narrow" }, h("span", {}, words.quantity), amount),
      add,
    ),
  )
  return h(
    "div",
    { class: "facts" },
    h(
      "p",
      { class: "crumbs" },
      (product.categories ?? [])
        .filter(({ parent_category_id }) => parent_category_id)
        .slice(0, 1)
        .map((category) => h("a", { href: `/categories/${category.handle}` }, shop.categoryName(category))),
    ),
    h("h1", {}, shop.title(product)),
    price,
    h("p", { class: "about" }, shop.description(product)),
    stock,
    form,
  )
}

function available(variant: Variant): boolean {
  return (
    !variant.manage_inventory || variant.allow_backorder === true || (variant.inventory_quantity ?? 0) > 0
  )
}
