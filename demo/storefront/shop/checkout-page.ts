import type { CheckoutStep } from "../../../storefront"
import { shelf } from "./cards"
import { totals } from "./cart-page"
import type { PageMaker } from "./page"
import type { Shop } from "./shop"
import type { ShippingOption } from "./store-api"
import { entered, field, h } from "./view"
import { fill } from "./words"

type Step = "address" | "shipping" | "payment"
const ORDER: readonly Step[] = ["address", "shipping", "payment"]

/** Address, shipping, payment and the order, one after the other on one page. */
export const checkoutPage: PageMaker = (shop, _place, go) => {
  const { words } = shop
  const steps = h("div", { class: "steps" })
  const sums = h("div", { class: "summary" })
  const problem = h("p", { class: "problem", role: "alert" })
  const left = h("div", {}, steps, problem)
  const element = h("div", {}, h("h1", {}, words.checkout), h("div", { class: "columns" }, left, sums))
  if (!shop.cart?.items?.length) {
    element.replaceChildren(
      h("h1", {}, words.checkout),
      h("p", {}, words.emptyBasket),
      h("a", { href: "/" }, words.keepShopping),
    )
    return { title: words.checkout, element }
  }
  let current: Step = "address"
  const reached = (step: CheckoutStep): void => {
    const id = shop.cart?.id
    if (id)
      shop.tellMarketing((marketing) => marketing.track({ type: "checkout_step_reached", cart_id: id, step }))
  }
  const attempt = (form: HTMLElement, work: () => Promise<void>): void => {
    problem.textContent = ""
    const buttons = Array.from(form.querySelectorAll<HTMLButtonElement>("button"))
    for (const button of buttons) button.disabled = true
    work().catch((error: Error) => {
      problem.textContent = fill(words.failed, { message: error.message })
      for (const button of buttons) button.disabled = false
    })
  }
  const show = (step: Step): void => {
    current = step
    draw()
    reached(step)
    if (step === "payment") reached("review")
    steps.querySelector<HTMLElement>(".open h2")?.focus()
  }

  const address = (): HTMLElement => {
    const known = shop.cart?.shipping_address
    const name = {
      first: known?.first_name ?? shop.customer?.first_name,
      last: known?.last_name ?? shop.customer?.last_name,
    }
    const email = shop.cart?.email ?? shop.customer?.email ?? ""
    const countries = h(
      "select",
      { name: "country_code", autocomplete: "country", required: true },
      (shop.region.countries ?? []).map(({ iso_2, display_name }) =>
        h(
          "option",
          { value: iso_2, selected: iso_2 === (known?.country_code ?? shop.country) },
          shop.countryName(iso_2 ?? "", display_name),
        ),
      ),
    )
    const form: HTMLFormElement = h(
      "form",
      {
        class: "fields",
        onsubmit: (event) => {
          event.preventDefault()
          const { email: mail, ...place } = entered(form)
          attempt(form, async () => {
            shop.setCart(
              await shop.api.updateCart(shop.cart!.id, {
                email: mail,
                shipping_address: place,
                billing_address: place,
              }),
            )
            show("shipping")
          })
        },
      },
      field(words.email, {
        name: "email",
        type: "email",
        autocomplete: "email",
        required: true,
        value: email,
        class: "wide",
      }),
      field(words.firstName, {
        name: "first_name",
        autocomplete: "given-name",
        required: true,
        value: name.first ?? "",
      }),
      field(words.lastName, {
        name: "last_name",
        autocomplete: "family-name",
        required: true,
        value: name.last ?? "",
      }),
      field(words.street, {
        name: "address_1",
        autocomplete: "address-line1",
        required: true,
        value: known?.address_1 ?? "",
      }),
      field(words.postalCode, {
        name: "postal_code",
        autocomplete: "postal-code",
        required: true,
        value: known?.postal_code ?? "",
      }),
      field(words.city, {
        name: "city",
        autocomplete: "address-level2",
        required: true,
        value: known?.city ?? "",
      }),
      h("label", { class: "field" }, h("span", {}, words.country), countries),
      h("button", { class: "main" }, words.continue),
    )
    return form
  }

  const shipping = (): HTMLElement => {
    const form = h("form", { class: "choices" }, h("p", {}, words.loading))
    const fillIn = (options: ShippingOption[]): void => {
      if (options.length === 0) {
        form.replaceChildren(h("p", {}, words.noShipping))
        return
      }
      const chosen = shop.cart?.shipping_methods?.[0]?.shipping_option_id
      form.replaceChildren(
        ...options.map((option, index) =>
          h(
            "label",
            {},
            h("input", {
              type: "radio",
              name: "option",
              value: option.id,
              checked: chosen ? option.id === chosen : index === 0,
            }),
            h("span", {}, option.name),
            h("strong", {}, option.amount ? shop.price(option.amount, shop.cart!.currency_code) : words.free),
          ),
        ),
        h("button", { class: "main" }, words.continue),
      )
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const option = new FormData(form).get("option")
      if (typeof option !== "string") return
      attempt(form, async () => {
        shop.setCart(await shop.api.chooseShipping(shop.cart!.id, option))
        show("payment")
      })
    })
    attempt(form, async () => fillIn(await shop.api.shippingOptions(shop.cart!.id)))
    return form
  }

  const payment = (): HTMLElement => {
    const form: HTMLFormElement = h(
      "form",
      {
        class: "choices",
        onsubmit: (event) => {
          event.preventDefault()
          attempt(form, async () => {
            const { id } = shop.cart!
            await shop.api.startPayment(id)
            const order = await shop.api.complete(id)
            sessionStorage.setItem("shop.order", JSON.stringify(order))
            shop.removeEventListener("changed", drawSums)
            shop.dropCart()
            go("/order")
          })
        },
      },
      h(
        "label",
        {},
        h("input", { type: "radio", name: "payment", checked: true }),
        h("span", {}, words.manual),
      ),
      h("button", { class: "main" }, words.placeOrder),
    )
    return form
  }

  const draw = (): void => {
    const bodies: Record<Step, () => HTMLElement> = { address, shipping, payment }
    const names: Record<Step, string> = {
      address: words.stepAddress,
      shipping: words.stepShipping,
      payment: `${words.stepPayment} · ${words.stepReview}`,
    }
    steps.replaceChildren(
      ...ORDER.map((step, index) => {
        const open = step === current
        const done = index < ORDER.indexOf(current)
        return h(
          "section",
          { class: open ? "open" : "" },
          h("h2", { tabindex: -1 }, `${index + 1}. ${names[step]}`),
          done && h("p", { class: "done" }, summary(shop, step)),
          done && h("button", { type: "button", class: "plain", onclick: () => show(step) }, words.change),
          open && bodies[step](),
        )
      }),
    )
  }
  const suggestions = shelf(shop, "checkout", { "cart-id": shop.cart.id })
  // Before the sums, which grow with what is added from it.
  left.append(suggestions)
  let held = shop.basketCount
  const drawSums = (): void => {
    if (shop.cart) sums.replaceChildren(basket(shop), totals(shop, shop.cart))
    if (held !== shop.basketCount) suggestions.refresh?.()
    held = shop.basketCount
  }
  draw()
  drawSums()
  reached("started")
  reached("address")
  shop.addEventListener("changed", drawSums)
  return { title: words.checkout, element, close: () => shop.removeEventListener("changed", drawSums) }
}

function summary(shop: Shop, step: Step): string {
  const { cart } = shop
  if (step === "shipping") return cart?.shipping_methods?.map(({ name }) => name).join(", ") ?? ""
  const place = cart?.shipping_address
  return [
    `${place?.first_name} ${place?.last_name}`,
    place?.address_1,
    `${place?.postal_code} ${place?.city}`,
    cart?.email,
  ]
    .filter(Boolean)
    .join(", ")
}

function basket(shop: Shop): HTMLElement {
  const { cart } = shop
  return h(
    "ul",
    { class: "small", role: "list" },
    (cart?.items ?? []).map((item) =>
      h(
        "li",
        {},
        h("span", {}, `${item.quantity} × ${item.product_title ?? item.title}`),
        h("span", {}, shop.price(item.unit_price * item.quantity, cart!.currency_code)),
      ),
    ),
  )
}
