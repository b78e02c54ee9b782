import { createHash } from "node:crypto"
import { timeOfEventId } from "../../../src/core/signals"
import { COUNTRIES, readableIds, simulate, toLogEvents, truthOf, type Simulation } from ".."
import { zoneOffset } from "../calendar"
import { DAY, dayPrices } from "../catalogue"
import { drawPicture } from "../pictures"

const NOW = Date.UTC(2026, 10, 20)
const fingerprint = (simulation: Simulation) =>
  createHash("sha256")
    .update(JSON.stringify([truthOf(simulation), simulation.orders, simulation.carts, simulation.visits]))
    .digest("hex")

const shop = simulate({ seed: 7, now: NOW })
const { catalogue, shoppers, orders, carts, visits } = shop
const productOf = (line: { variant: number }) => catalogue.variants[line.variant].product

describe("the sample shop", () => {
  it("has the size that was asked for", () => {
    expect(catalogue.products).toHaveLength(400)
    expect(shoppers).toHaveLength(2000)
    expect(new Set(shoppers.map((shopper) => shopper.country))).toEqual(new Set(COUNTRIES))
    expect(new Set(shoppers.map((shopper) => shopper.language))).toEqual(new Set(["en", "zh"]))
    expect(new Set(shoppers.map((shopper) => shopper.timeZone)).size).toBeGreaterThanOrEqual(6)
    expect(orders.length).toBeGreaterThan(7600)
    expect(orders.length).toBeLessThan(8400)
    expect(visits.length).toBeGreaterThan(190_000)
    expect(visits.length).toBeLessThan(230_000)
    expect(carts.length).toBeGreaterThan(2000)
    expect(orders.filter((order) => order.returnedAt !== null).length).toBeGreaterThan(200)
    expect(visits.filter((visit) => visit.type === "searched").length).toBeGreaterThan(8000)
    const spanDays = (orders.at(-1)!.at - orders[0].at) / DAY
    expect(spanDays).toBeGreaterThan(530)
    expect(spanDays).toBeLessThan(549)
  })

  it("is the same for the same seed and another for another", () => {
    const small = { now: NOW, shoppers: 150, orders: 500, events: 8000 }
    const first = fingerprint(simulate({ seed: 3, ...small }))
    expect(fingerprint(simulate({ seed: 3, ...small }))).toBe(first)
    expect(fingerprint(simulate({ seed: 4, ...small }))).not.toBe(first)
  })

  it("names every row once", () => {
    const unique = (values: unknown[]) => expect(new Set(values).size).toBe(values.length)
    unique(catalogue.products.map((product) => product.handle))
    unique(catalogue.products.map((product) => product.title))
    unique(catalogue.variants.map((variant) => variant.sku))
    unique(shoppers.map((shopper) => shopper.email))
    unique(shoppers.flatMap((shopper) => shopper.visitorIds))
  })

  it("sells above cost in every currency and every sale, and at whole cents", () => {
    for (const variant of catalogue.variants) {
      expect(variant.cost).toBeLessThan(variant.prices.eur * 0.7)
      for (const price of Object.values(variant.prices))
        expect(Math.abs(price * 100 - Math.round(price * 100))).toBeLessThan(1e-6)
    }
  })

  it("keeps time in order: nothing before the history or at its end, and no order before its customer", () => {
    const wrong = orders.filter((order) => {
      const later = [order.canceledAt, order.shippedAt, order.deliveredAt, order.returnedAt].filter(
        (at) => at !== null,
      )
      return (
        order.at < Math.max(shop.start, shoppers[order.shopper].registeredAt) ||
        order.at >= NOW ||
        later.some((at) => at <= order.at || at >= NOW) ||
        order.lines.some((line) => {
          const { launchedAt, discontinuedAt } = catalogue.products[productOf(line)]
          return order.at < launchedAt || order.at >= (discontinuedAt ?? Infinity) + DAY
        })
      )
    })
    expect(wrong).toEqual([])
    expect(carts.filter((cart) => cart.at < shop.start || cart.at > NOW)).toEqual([])
  })

  it("charges the day's price", () => {
    for (const order of orders.slice(0, 500)) {
      const { list, sale } = dayPrices(catalogue, order.at)
      for (const line of order.lines) {
        const variant = catalogue.variants[line.variant]
        const expected = variant.prices[order.currency] * list[variant.product] * (1 - sale[variant.product])
        expect(line.unitPrice).toBeCloseTo(expected, 1)
        expect(line.listPrice !== null).toBe(sale[variant.product] > 0)
      }
    }
  })
})

/** How many times more often hidden partners share an order than if each were bought by itself. */
function partnersTogether(simulation: Simulation): number {
  const { variants, products, hidden } = simulation.catalogue
  const baskets = simulation.orders.map(
    (order) => new Set(order.lines.map((line) => variants[line.variant].product)),
  )
  const bought = new Float64Array(products.length)
  for (const basket of baskets) for (const product of basket) bought[product]++
  let together = 0
  let expected = 0
  for (const { of, partner } of hidden.complements) {
    together += baskets.filter((basket) => basket.has(of) && basket.has(partner)).length
    expected += (bought[of] * bought[partner]) / baskets.length
  }
  return together / expected
}

describe("what is hidden can be found in the data", () => {
  it("nobody orders, browses or fills a cart after leaving, and about half of the shoppers have left", () => {
    const left = shoppers.filter((shopper) => shopper.hidden.leftAt !== null)
    expect(left.length).toBeGreaterThan(700)
    expect(left.length).toBeLessThan(1300)
    const leftAt = (shopper: number) => shoppers[shopper].hidden.leftAt ?? Infinity
    expect(orders.filter((order) => order.at > leftAt(order.shopper))).toEqual([])
    expect(carts.filter((cart) => cart.at > leftAt(cart.shopper))).toEqual([])
    expect(
      visits.filter((visit) => visit.shopper !== null && visit.occurred_at > leftAt(visit.shopper)),
    ).toEqual([])
  })

  it("hidden partners are bought together far above chance", () => {
    expect(partnersTogether(shop)).toBeGreaterThan(8)
  })

  it("without effects, partners are bought together no more than chance has it", () => {
    const flat = simulate({ seed: 7, now: NOW, scale: 0, events: 0, shoppers: 1000, orders: 4000 })
    expect(partnersTogether(flat)).toBeLessThan(2)
  })

  it("half the effects are easier found than none and harder than all", () => {
    const half = partnersTogether(
      simulate({ seed: 7, now: NOW, scale: 0.5, events: 0, shoppers: 1000, orders: 4000 }),
    )
    expect(half).toBeGreaterThan(2)
    expect(half).toBeLessThan(partnersTogether(shop))
  })

  it("shoppers buy from the departments they like", () => {
    const leaves = catalogue.departments.flatMap((department) => department.leaves)
    const liked = shoppers.map((shopper) => {
      const weights = catalogue.departments.map((department) =>
        department.leaves.reduce(
          (sum, leaf) => sum + leaf.pull * Math.exp(shopper.hidden.leaves[leaves.indexOf(leaf)]),
          0,
        ),
      )
      return catalogue.departments[weights.indexOf(Math.max(...weights))]
    })
    let hits = 0
    let count = 0
    let chance = 0
    const share = new Map(catalogue.departments.map((department) => [department, 0]))
    for (const order of orders) {
      for (const line of order.lines) {
        const { department } = catalogue.products[productOf(line)]
        share.set(department, share.get(department)! + 1)
        count++
        if (department === liked[order.shopper]) hits++
      }
    }
    for (const department of liked) chance += share.get(department)! / count / liked.length
    expect(hits / count).toBeGreaterThan(chance * 1.4)
  })

  it("price-sensitive shoppers buy more on sale than the others", () => {
    const middle = shoppers.map((shopper) => shopper.hidden.priceSensitivity).sort((a, b) => a - b)[1000]
    const shareOnSale = (sensitive: boolean) => {
      const lines = orders
        .filter((order) => shoppers[order.shopper].hidden.priceSensitivity > middle === sensitive)
        .flatMap((order) => order.lines)
      return lines.filter((line) => line.listPrice !== null).length / lines.length
    }
    expect(shareOnSale(true)).toBeGreaterThan(shareOnSale(false) * 1.1)
  })

  it("consumables are bought again about when they are used up", () => {
    const last = new Map<string, number>()
    const ratios: number[] = []
    for (const order of orders) {
      for (const line of order.lines) {
        const variant = catalogue.variants[line.variant]
        const { lasts } = catalogue.products[variant.product]
        if (!lasts) continue
        const key = `${order.shopper}/${variant.product}`
        const before = last.get(key)
        if (before !== undefined && line.why === "replenishment")
          ratios.push((order.at - before) / DAY / (lasts * variant.amount))
        last.set(key, order.at)
      }
    }
    ratios.sort((a, b) => a - b)
    expect(ratios.length).toBeGreaterThan(700)
    expect(ratios[ratios.length >> 1]).toBeGreaterThan(0.7)
    expect(ratios[ratios.length >> 1]).toBeLessThan(3)
  })

  it("shoppers come at their favourite hour of their own day", () => {
    let near = 0
    for (const order of orders) {
      const { timeZone, hidden } = shoppers[order.shopper]
      const hour = ((order.at + zoneOffset(timeZone, order.at)) % DAY) / 3_600_000
      if (Math.abs(hour - hidden.hour) < 3) near++
    }
    expect(near / orders.length).toBeGreaterThan(0.6)
  })

  it("shoppers browse less in the weeks before they leave", () => {
    const buying = new Set(visits.filter((visit) => visit.cart).map((visit) => visit.session))
    const sessions = { fading: new Set<string>(), before: new Set<string>() }
    for (const visit of visits) {
      if (visit.shopper === null || buying.has(visit.session)) continue
      const { registeredAt, hidden } = shoppers[visit.shopper]
      if (hidden.leftAt === null || hidden.leftAt - Math.max(shop.start, registeredAt) < 90 * DAY) continue
      const days = (hidden.leftAt - visit.occurred_at) / DAY
      if (days < 30) sessions.fading.add(visit.session)
      else if (days < 60) sessions.before.add(visit.session)
    }
    expect(sessions.before.size).toBeGreaterThan(200)
    expect(sessions.fading.size).toBeLessThan(sessions.before.size * 0.75)
  })
})

describe("the log", () => {
  it("gives every visit as an event, in the order of time, with an id of its own time", () => {
    let count = 0
    let last = 0
    const ids = new Set<string>()
    for (const batch of toLogEvents(shop, readableIds(shop))) {
      if (batch.length > 5000) throw new Error(`a batch of ${batch.length}`)
      for (const event of batch) {
        count++
        ids.add(event.id)
        if (
          event.occurred_at < last ||
          timeOfEventId(event.id) !== event.occurred_at ||
          event.occurred_at >= NOW
        ) {
          throw new Error(`out of time: ${JSON.stringify(event)}`)
        }
        last = event.occurred_at
      }
    }
    expect(count).toBe(visits.length)
    expect(ids.size).toBe(count)
  })

  it("holds nothing of shoppers who did not agree to analytics, and no sign-in before there is an account", () => {
    for (const visit of visits) {
      if (visit.shopper === null) continue
      const shopper = shoppers[visit.shopper]
      if (!shopper.consent.analytics || visit.occurred_at < shopper.registeredAt - 1)
        throw new Error(JSON.stringify(visit))
    }
    const silent = new Set(
      shoppers.filter((shopper) => !shopper.consent.analytics).flatMap((shopper) => shopper.visitorIds),
    )
    expect(visits.some((visit) => silent.has(visit.visitor))).toBe(false)
  })

  it("lets some visitors sign in and leaves others unknown", () => {
    const known = new Set(visits.filter((visit) => visit.shopper !== null).map((visit) => visit.visitor))
    const anonymousFirst = visits.filter((visit) => visit.shopper === null && known.has(visit.visitor))
    const strangers = new Set(
      visits.filter((visit) => !known.has(visit.visitor)).map((visit) => visit.visitor),
    )
    expect(anonymousFirst.length).toBeGreaterThan(5000)
    expect(strangers.size).toBeGreaterThan(1000)
  })

  it("ends an order's session before the order", () => {
    for (const visit of visits) {
      if (visit.cart && "order" in visit.cart) {
        const order = orders[visit.cart.order]
        if (visit.occurred_at >= order.at || order.at - visit.occurred_at > 3 * 3_600_000)
          throw new Error(JSON.stringify(visit))
      }
    }
  })
})

describe("pictures", () => {
  it("draws every product, each differently, with no outside address", () => {
    const pictures = catalogue.products.map(drawPicture)
    expect(new Set(pictures).size).toBe(pictures.length)
    for (const picture of pictures) {
      expect(picture.startsWith("<svg ")).toBe(true)
      expect(picture).not.toMatch(/NaN|undefined/)
      expect(picture.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|href|<script/)
    }
  })
})
