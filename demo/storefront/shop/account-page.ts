import { shelf } from "./cards"
import { totals } from "./cart-page"
import type { PageMaker } from "./page"
import type { Order } from "./store-api"
import { entered, field, h } from "./view"
import { fill } from "./words"

export const accountPage: PageMaker = (shop, _place, go) => {
  const { words, customer } = shop
  const element = h("div", { class: "account" })
  if (customer) {
    const orders = h("ul", { class: "orders", role: "list" })
    const out = (): void => {
      void shop.signOut()
      go("/")
    }
    element.append(
      h("h1", {}, fill(words.hello, { name: customer.first_name ?? customer.email })),
      h("button", { type: "button", class: "quiet", onclick: out }, words.signOut),
      h("h2", {}, words.yourOrders),
      orders,
    )
    shop.api
      .orders()
      .then((list) => {
        const rows = list.map((order) =>
          h(
            "li",
            {},
            h("span", {}, fill(words.orderNumber, { number: order.display_id })),
            h("strong", {}, shop.price(order.total, order.currency_code)),
          ),
        )
        orders.replaceChildren(...(rows.length > 0 ? rows : [h("li", {}, words.noOrders)]))
      })
      .catch((error: Error) =>
        orders.replaceChildren(h("li", {}, fill(words.failed, { message: error.message }))),
      )
    return { title: words.account, element }
  }

  let joining = false
  const draw = (): void => {
    const problem = h("p", { class: "problem", role: "alert" })
    const submit = h("button", { class: "main" }, joining ? words.signUp : words.signIn)
    const form: HTMLFormElement = h(
      "form",
      {
        class: "fields one",
        onsubmit: (event) => {
          event.preventDefault()
          const { email, password, first_name, last_name } = entered(form)
          submit.disabled = true
          problem.textContent = ""
          const token = joining
            ? shop.api.signUp({ email, password, first_name, last_name })
            : shop.api.signIn(email, password)
          token
            .then((value) => shop.signIn(value))
            .then(() => go("/account"))
            .catch((error: Error) => {
              problem.textContent = fill(words.failed, { message: error.message })
              submit.disabled = false
            })
        },
      },
      joining && field(words.firstName, { name: "first_name", autocomplete: "given-name", required: true }),
      joining && field(words.lastName, { name: "last_name", autocomplete: "family-name", required: true }),
      field(words.email, { name: "email", type: "email", autocomplete: "email", required: true }),
      field(words.password, {
        name: "password",
        type: "password",
        minlength: 8,
        autocomplete: joining ? "new-password" : "current-password",
        required: true,
      }),
      submit,
      problem,
    )
    const other = h(
      "button",
      {
        type: "button",
        class: "plain",
        onclick: () => {
          joining = !joining
          draw()
        },
      },
      joining ? words.signIn : words.signUp,
    )
    element.replaceChildren(
      h("h1", {}, joining ? words.signUp : words.signIn),
      form,
      h("p", {}, joining ? words.haveAccount : words.newHere, " ", other),
    )
  }
  draw()
  return { title: words.signIn, element }
}

export const orderPage: PageMaker = (shop) => {
  const { words } = shop
  const stored = sessionStorage.getItem("shop.order")
  const order = stored ? (JSON.parse(stored) as Order) : undefined
  const bought = [...new Set(order?.items?.flatMap(({ product_id }) => product_id ?? []))]
  const element = order
    ? h(
        "div",
        {},
        h(
          "div",
          { class: "thanks" },
          h("h1", {}, words.thanks),
          h("p", { "data-order-id": order.id }, fill(words.orderNumber, { number: order.display_id })),
          h("p", {}, fill(words.confirmation, { email: order.email ?? "" })),
          totals(shop, order),
          h("a", { href: "/", class: "main" }, words.keepShopping),
        ),
        bought.length > 0 && shelf(shop, "order_confirmation", { "product-ids": bought.join() }),
      )
    : h("div", {}, h("h1", {}, words.notFound), h("a", { href: "/" }, words.backHome))
  return { title: words.thanks, element }
}
