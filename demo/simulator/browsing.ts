import { DAY, leavesOf } from "./catalogue"
import { HOUR, atLocalHour, orderPull } from "./calendar"
import type { Chooser } from "./choice"
import type { Effects } from "./effects"
import { PLACES } from "./people"
import { randomStream, type Random } from "./random"
import { Searches } from "./searches"
import { drawTaste, productWeights } from "./shoppers"
import type { Catalogue, LeftCart, Order, Shopper, Visit } from "./types"

/** Who is browsing: a customer, or somebody of whom nothing but a visitor id is known. */
interface Browser {
  shopper: number | null
  taste: Float64Array
  sensitivity: number
  language: "en" | "zh"
  /** No account before this. */
  registeredAt: number
  /** Mean log weight of their taste: liking is told against it. */
  middle: number
}

interface Session {
  at: number
  visitor: string
  /** Signed in from the first page on. */
  signedIn: boolean
  /** Products that are certainly looked at, in this order. */
  goals: number[]
  /** The order or left cart at its end. */
  end?: { order: Order } | { cart: LeftCart }
}

/** Browsing of everybody who agreed to it, about `target` events, in the order of time. */
export function buildVisits(
  seed: number,
  catalogue: Catalogue,
  shoppers: Shopper[],
  orders: Order[],
  carts: LeftCart[],
  chooser: Chooser,
  target: number,
  start: number,
  now: number,
  effects: Effects,
): Visit[] {
  const log = new SessionWriter(catalogue, chooser, effects, now)
  const ordersOf = groupByShopper(orders, shoppers.length)
  const cartsOf = groupByShopper(carts, shoppers.length)

  for (const shopper of shoppers) {
    if (!shopper.consent.analytics) continue
    const random = randomStream(seed, "visits", shopper.index)
    const browser = browserOf(
      productWeights(catalogue, shopper.hidden),
      shopper.hidden.priceSensitivity,
      shopper,
    )
    const productOf = (line: { variant: number }) => catalogue.variants[line.variant].product
    const visitor = () => shopper.visitorIds[random.chance(0.8) ? 0 : shopper.visitorIds.length - 1]
    const known = () => !random.chance(effects.beginsSignedOut)

    for (const order of ordersOf[shopper.index]) {
      const goals = order.lines.map(productOf)
      if (random.chance(effects.researchVisit)) {
        const at = order.at - random.between(0.5, 6) * DAY
        if (at > start)
          log.write(random, browser, { at, visitor: visitor(), signedIn: known(), goals: goals.slice(0, 1) })
      }
      const at = Math.max(start, order.at - (2 + goals.length + random.exponential(6)) * 60_000)
      log.write(random, browser, { at, visitor: visitor(), signedIn: known(), goals, end: { order } })
    }
    for (const cart of cartsOf[shopper.index]) {
      const at = cart.at - random.between(2, 12) * 60_000
      log.write(random, browser, {
        at,
        visitor: visitor(),
        signedIn: known(),
        goals: cart.lines.map(productOf),
        end: { cart },
      })
    }
    // Visits that lead to nothing, fewer in the weeks before somebody leaves for good.
    const until = shopper.hidden.leftAt ?? now
    const gap = (30 * DAY) / effects.idleVisits
    for (let at = Math.max(start, shopper.registeredAt) + random.exponential(gap); at < until;) {
      const fading = shopper.hidden.leftAt !== null && at > until - effects.fadeDays * DAY
      const moment = atLocalHour(random, at, shopper.timeZone, shopper.hidden.hour, effects)
      if ((!fading || random.chance(effects.fadeTo)) && moment < until && moment >= start) {
        log.write(random, browser, { at: moment, visitor: visitor(), signedIn: known(), goals: [] })
      }
      at += random.exponential(gap / orderPull(at, effects))
    }
  }
  writeStrangers(seed, catalogue, log, target, start, now, effects)
  return log.visits.sort((a, b) => a.occurred_at - b.occurred_at)
}

/** Visitors without an account fill the log up to its size. */
function writeStrangers(
  seed: number,
  catalogue: Catalogue,
  log: SessionWriter,
  target: number,
  start: number,
  now: number,
  effects: Effects,
): void {
  const random = randomStream(seed, "strangers")
  const tastes = Array.from({ length: 150 }, () => {
    const taste = drawTaste(random, catalogue, effects)
    return { weights: productWeights(catalogue, taste), taste }
  })
  const shares = PLACES.map((place) => place.share)
  while (log.visits.length < target) {
    const { weights, taste } = random.pick(tastes)
    const place = PLACES[random.weighted(shares)]
    const timeZone = random.pick(place.cities)[2]
    const language = random.chance(place.chinese) ? "zh" : "en"
    const browser = browserOf(weights, taste.priceSensitivity, {
      index: null,
      language,
      registeredAt: Infinity,
    })
    const visitor = random.uuid()
    // More people find the shop as it grows.
    let day = start + (now - start) * Math.sqrt(0.1 + 0.9 * random.next())
    do {
      const at = atLocalHour(random, day, timeZone, taste.hour, effects)
      if (at < start || at > now - HOUR) break
      log.write(random, browser, { at, visitor, signedIn: false, goals: [] })
      day += random.exponential(9 * DAY)
    } while (random.chance(effects.anonymousReturns))
  }
}

function browserOf(
  taste: Float64Array,
  sensitivity: number,
  who: { index: number | null; language: "en" | "zh"; registeredAt: number },
): Browser {
  let sum = 0
  for (let i = 0; i < taste.length; i++) sum += Math.log(taste[i])
  const { index: shopper, language, registeredAt } = who
  return { shopper, taste, sensitivity, language, registeredAt, middle: sum / taste.length }
}

function groupByShopper<T extends { shopper: number }>(rows: T[], count: number): T[][] {
  const groups: T[][] = Array.from({ length: count }, () => [])
  for (const row of rows) groups[row.shopper].push(row)
  return groups
}

/** Turns sessions into the events that a tracker would have sent. */
class SessionWriter {
  readonly visits: Visit[] = []
  private readonly searches: Searches
  private readonly leaves: readonly string[]

  constructor(
    private readonly catalogue: Catalogue,
    private readonly chooser: Chooser,
    private readonly effects: Effects,
    private readonly now: number,
  ) {
    this.searches = new Searches(catalogue, effects)
    this.leaves = leavesOf(catalogue).map((leaf) => leaf.handle)
  }

  write(random: Random, browser: Browser, session: Session): void {
    const { effects } = this
    let clock = session.at
    let shopper = session.signedIn && clock >= browser.registeredAt ? browser.shopper : null
    const id = random.uuid()
    const latest = session.end
      ? "order" in session.end
        ? session.end.order.at
        : session.end.cart.at
      : this.now - 1
    const push = (visit: Omit<Visit, "occurred_at" | "visitor" | "session" | "shopper">) => {
      this.visits.push({
        ...visit,
        occurred_at: Math.round(Math.min(clock, latest - 1)),
        visitor: session.visitor,
        session: id,
        shopper,
      })
    }
    const signIn = () => {
      if (shopper !== null || browser.shopper === null || latest <= browser.registeredAt) return
      shopper = browser.shopper
      clock = Math.max(clock + random.between(5, 40) * 1000, browser.registeredAt + 1000)
      push({ type: "signed_in", data: {} })
    }

    const views = this.plan(random, browser, session)
    if (!views.length) return
    if (random.chance(0.35)) {
      push({ type: "list_viewed", data: { list: "home" }, products: this.shelf(random, browser, clock) })
      clock += random.between(3, 20) * 1000
    }
    const signsInAt = session.end || random.chance(0.5) ? random.int(views.length) : -1
    views.forEach((product, i) => {
      const row = this.catalogue.products[product]
      const compared = i > 0 && this.catalogue.products[views[i - 1]].thing === row.thing
      if (!compared && random.chance(effects.searchShare)) {
        const { query, results } = this.searches.draw(random, row, browser.language)
        push({ type: "searched", data: { query, results } })
        clock += random.between(2, 15) * 1000
      } else if (!compared && random.chance(0.55)) {
        const leaf = this.chooser.leafOf[product]
        const products = this.catalogue.products.filter((other) => this.chooser.leafOf[other.index] === leaf)
        push({
          type: "list_viewed",
          data: { list: "category", list_id: this.leaves[leaf] },
          products: products.slice(0, 12).map((other) => other.index),
        })
        clock += random.between(3, 25) * 1000
      }
      const variant = row.variants[random.chance(0.3) ? 1 : 0]
      push({ type: "product_viewed", product, variant, data: {} })
      const liking = Math.log(browser.taste[product]) - browser.middle
      const seconds =
        random.logNormal(effects.dwellMedian, effects.dwellSigma) * Math.exp(effects.dwellLiking * liking)
      const active = Math.round(Math.min(900, Math.max(1, seconds)) * 10) / 10
      clock += active * 1000 + 400
      push({ type: "page_left", product, data: { path: `/products/${row.handle}`, active_seconds: active } })
      if (i === signsInAt) signIn()
    })
    if (session.end) {
      signIn()
      this.checkOut(random, session.end, push, (ms) => (clock += ms))
    }
  }

  /** The products looked at: the goals, what they are compared with, and what else catches the eye. */
  private plan(random: Random, browser: Browser, session: Session): number[] {
    const { chooser, effects } = this
    const views: number[] = []
    const see = (product: number) => {
      if (product < 0 || views.includes(product) || !chooser.offered(product, session.at)) return
      views.push(product)
      if (!random.chance(effects.compareSubstitute)) return
      const same = chooser
        .ofThing(this.catalogue.products[product].thing)
        .filter((other) => !views.includes(other))
      const other = chooser.draw(random, browser.taste, browser.sensitivity, session.at, same)
      if (other >= 0) views.push(other)
    }
    session.goals.forEach(see)
    for (let more = random.poisson(effects.furtherViews) + (views.length ? 0 : 1); more > 0; more--) {
      see(
        random.chance(effects.randomChoice)
          ? chooser.drawAny(random, session.at)
          : chooser.draw(random, browser.taste, browser.sensitivity, session.at),
      )
    }
    return views
  }

  private checkOut(
    random: Random,
    end: NonNullable<Session["end"]>,
    push: (visit: Pick<Visit, "type" | "data" | "cart">) => void,
    wait: (ms: number) => void,
  ): void {
    const steps = ["started", "address", "shipping", "payment"]
    const reached = "order" in end ? 4 : { cart: 0, address: 2, shipping: 3, payment: 4 }[end.cart.reached]
    const cart = "order" in end ? { order: end.order.index } : { left: end.cart.index }
    for (const step of steps.slice(0, reached)) {
      wait(random.between(4, 45) * 1000)
      push({ type: "checkout_step_reached", cart, data: { step } })
    }
  }

  private shelf(random: Random, browser: Browser, at: number): number[] {
    const products = new Set<number>()
    for (let i = 0; i < 8; i++)
      products.add(this.chooser.draw(random, browser.taste, browser.sensitivity, at))
    products.delete(-1)
    return [...products]
  }
}
