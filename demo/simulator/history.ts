import { DAY } from "./catalogue"
import { HOUR, atLocalHour, orderPull } from "./calendar"
import type { Chooser } from "./choice"
import type { Effects } from "./effects"
import { randomStream, type Random } from "./random"
import { productWeights } from "./shoppers"
import type { Catalogue, Currency, LeftCart, Order, OrderLine, Shopper, Variant } from "./types"

/** When one shopper orders, and when they leave. */
interface Timeline {
  orders: { at: number; late: boolean; canceled: boolean }[]
  leftAt: number | null
  badExperiences: number
}

/**
 * A renewal process with gamma gaps (a rhythm) over an exponential lifetime (Schmittlein, Morrison & Colombo 1987, with the
 * regularity of Platzer & Reutterer 2016); a late or cancelled order raises the hazard of leaving for a while.
 */
function drawTimeline(
  random: Random,
  shopper: Shopper,
  pace: number,
  start: number,
  now: number,
  effects: Effects,
): Timeline {
  const orders: Timeline["orders"] = []
  const begin = Math.max(start, shopper.registeredAt)
  const mean = shopper.hidden.rhythmDays * pace * DAY
  const gap = () => (mean * random.gamma(effects.rhythmShape)) / effects.rhythmShape
  let at = begin
  /** Hazard they will have borne when they leave. */
  let patience = random.exponential(1)
  const hazard = 1 / (effects.lifetimeDays * DAY)
  let badUntil = 0
  let badExperiences = 0
  let next = shopper.registeredAt >= start ? begin + 0.01 * DAY : begin + random.next() * gap()
  if (random.chance(effects.neverBuys)) next = Infinity
  for (;;) {
    // The hazard is constant but for the shadow of a bad experience.
    const shadow = Math.max(0, Math.min(badUntil, next) - at)
    const inShadow = shadow * hazard * effects.badExperienceHazard
    const after = (next - at - shadow) * hazard
    if (patience < inShadow + after) {
      const wait =
        patience < inShadow
          ? patience / (hazard * effects.badExperienceHazard)
          : shadow + (patience - inShadow) / hazard
      const leftAt = Math.round(at + wait)
      return { orders, leftAt: leftAt < now ? leftAt : null, badExperiences }
    }
    patience -= inShadow + after
    if (next >= now) return { orders, leftAt: null, badExperiences }
    const moment = Math.min(
      atLocalHour(random, next, shopper.timeZone, shopper.hidden.hour, effects),
      now - HOUR,
    )
    const earliest = orders.length
      ? orders[orders.length - 1].at + 2 * HOUR
      : Math.max(begin + 600_000, start)
    const late = random.chance(effects.lateDelivery)
    const canceled = random.chance(effects.cancelled)
    const placed = Math.max(moment, earliest)
    if (placed >= now) return { orders, leftAt: null, badExperiences }
    orders.push({ at: placed, late, canceled })
    if (late || canceled) {
      badExperiences++
      badUntil = placed + effects.badExperienceDays * DAY
    }
    at = Math.max(next, placed)
    next = at + Math.max(DAY, gap() / orderPull(at, effects))
  }
}

/** All timelines at the one pace that gives about `target` orders. Sets each shopper's hidden `leftAt`. */
function drawTimelines(
  seed: number,
  shoppers: Shopper[],
  target: number,
  start: number,
  now: number,
  effects: Effects,
): Timeline[] {
  let pace = 1
  for (let attempt = 0; ; attempt++) {
    const timelines = shoppers.map((shopper) =>
      drawTimeline(randomStream(seed, "timeline", shopper.index), shopper, pace, start, now, effects),
    )
    const count = timelines.reduce((sum, timeline) => sum + timeline.orders.length, 0)
    if (attempt === 8 || Math.abs(count / target - 1) < 0.01) {
      timelines.forEach((timeline, i) => {
        const { hidden } = shoppers[i]
        const last = timeline.orders.at(-1)
        hidden.leftAt =
          timeline.leftAt !== null && last ? Math.max(timeline.leftAt, last.at + HOUR) : timeline.leftAt
        hidden.rhythmDays *= pace
        hidden.badExperiences = timeline.badExperiences
      })
      return timelines
    }
    pace *= (count / target) ** 1.2
  }
}

export interface History {
  orders: Order[]
  carts: LeftCart[]
}

export function buildHistory(
  seed: number,
  catalogue: Catalogue,
  shoppers: Shopper[],
  chooser: Chooser,
  target: number,
  start: number,
  now: number,
  effects: Effects,
): History {
  const timelines = drawTimelines(seed, shoppers, target, start, now, effects)
  const orders: Order[] = []
  const carts: LeftCart[] = []
  for (const shopper of shoppers) {
    const random = randomStream(seed, "baskets", shopper.index)
    const basket = new BasketBuilder(random, catalogue, shopper, chooser, effects)
    const { orders: placed } = timelines[shopper.index]
    for (const moment of placed) {
      const lines = basket.fill(moment.at)
      if (lines.length) orders.push(fulfil(random, catalogue, shopper, moment, lines, now, effects))
    }
    const from = Math.max(start, shopper.registeredAt)
    const until = shopper.hidden.leftAt ?? now
    for (let left = random.poisson(effects.leftCarts * placed.length); left > 0; left--) {
      const day = random.between(from, until)
      const at = Math.min(
        until,
        Math.max(from, atLocalHour(random, day, shopper.timeZone, shopper.hidden.hour, effects)),
      )
      const lines = basket.pick(at)
      if (!lines.length) continue
      const reached = (["cart", "address", "shipping", "payment"] as const)[
        random.weighted([0.55, 0.2, 0.13, 0.12])
      ]
      carts.push({
        index: 0,
        shopper: shopper.index,
        at: Math.round(at),
        currency: shopper.currency,
        lines,
        reached,
      })
    }
  }
  orders.sort((a, b) => a.at - b.at || a.shopper - b.shopper).forEach((order, index) => (order.index = index))
  carts.sort((a, b) => a.at - b.at || a.shopper - b.shopper).forEach((cart, index) => (cart.index = index))
  return { orders, carts }
}

/** One shopper's baskets, with the memory of what is about to run out at their home. */
class BasketBuilder {
  private readonly taste: Float64Array
  /** Product → when it will be used up, and how many were taken. */
  private readonly pantry = new Map<number, { due: number; variant: number; quantity: number }>()
  private readonly complements: Map<number, Catalogue["hidden"]["complements"]>

  constructor(
    private readonly random: Random,
    private readonly catalogue: Catalogue,
    private readonly shopper: Shopper,
    private readonly chooser: Chooser,
    private readonly effects: Effects,
  ) {
    this.taste = productWeights(catalogue, shopper.hidden)
    this.complements = complementsByProduct(catalogue)
  }

  fill(at: number): OrderLine[] {
    const lines: OrderLine[] = []
    const taken = new Set<number>()
    const add = (product: number, why: OrderLine["why"], again?: { variant: number; quantity: number }) => {
      if (product < 0 || taken.has(product) || !this.chooser.offered(product, at)) return false
      taken.add(product)
      lines.push(this.line(product, at, why, again))
      return true
    }

    for (const [product, stock] of this.pantry) {
      if (stock.due > at + 10 * DAY) continue
      this.pantry.delete(product)
      if (this.random.chance(this.effects.replenish)) add(product, "replenishment", stock)
    }
    const wanted = (lines.length ? 0 : 1) + this.random.poisson(this.effects.extraLines)
    for (let i = 0, attempts = 0; i < wanted && attempts < 20; attempts++) {
      const chance = this.random.chance(this.effects.randomChoice)
      const product = chance ? this.chooser.drawAny(this.random, at) : this.choose(at)
      if (!add(product, chance ? "random" : "choice")) continue
      i++
      for (const { thing, partner, strength } of this.complements.get(product) ?? []) {
        if (!this.random.chance(strength)) continue
        const bound = this.random.chance(this.effects.partnerShare) && this.chooser.offered(partner, at)
        add(bound ? partner : this.choose(at, this.chooser.ofThing(thing)), "complement")
      }
    }
    return lines
  }

  /** What goes into a cart that is then left. */
  pick(at: number): LeftCart["lines"] {
    const products = new Set<number>()
    for (let i = 1 + this.random.poisson(this.effects.extraLines); i > 0; i--) products.add(this.choose(at))
    products.delete(-1)
    return [...products].map((product) => {
      const { variant, quantity, unitPrice } = this.line(product, at, "choice")
      return { variant, quantity, unitPrice }
    })
  }

  private choose(at: number, among?: readonly number[]): number {
    return this.chooser.draw(this.random, this.taste, this.shopper.hidden.priceSensitivity, at, among)
  }

  private line(
    index: number,
    at: number,
    why: OrderLine["why"],
    again?: { variant: number; quantity: number },
  ): OrderLine {
    const product = this.catalogue.products[index]
    const variant = again?.variant ?? product.variants[this.random.chance(0.3) ? 1 : 0]
    const quantity = again?.quantity ?? (this.random.chance(product.lasts ? 0.25 : 0.12) ? 2 : 1)
    const row = this.catalogue.variants[variant]
    if (product.lasts && why !== "random") {
      const days =
        product.lasts * row.amount * quantity * this.random.logNormal(1, this.effects.replenishSigma)
      this.pantry.set(index, { due: at + days * DAY, variant, quantity })
    }
    const { list, sale } = this.chooser.day(at).prices
    const listPrice = roundPrice(row, this.shopper.currency, list[index])
    const unitPrice = roundPrice(row, this.shopper.currency, list[index] * (1 - sale[index]))
    return { variant, quantity, unitPrice, listPrice: sale[index] ? listPrice : null, returned: 0, why }
  }
}

const complementMaps = new WeakMap<Catalogue, Map<number, Catalogue["hidden"]["complements"]>>()

function complementsByProduct(catalogue: Catalogue): Map<number, Catalogue["hidden"]["complements"]> {
  let map = complementMaps.get(catalogue)
  if (!map) {
    map = new Map()
    for (const pair of catalogue.hidden.complements) map.set(pair.of, [...(map.get(pair.of) ?? []), pair])
    complementMaps.set(catalogue, map)
  }
  return map
}

function roundPrice(variant: Variant, currency: Currency, factor: number): number {
  return Math.round(variant.prices[currency] * factor * 100) / 100
}

/** Flat shipping, free above about 60 euros. */
const SHIPPING: Record<Currency, readonly [fee: number, freeFrom: number]> = {
  eur: [4.9, 60],
  usd: [5.9, 65],
  gbp: [3.9, 50],
  cny: [25, 400],
}

function fulfil(
  random: Random,
  catalogue: Catalogue,
  shopper: Shopper,
  moment: { at: number; late: boolean; canceled: boolean },
  lines: OrderLine[],
  now: number,
  effects: Effects,
): Order {
  const [fee, freeFrom] = SHIPPING[shopper.currency]
  const goods = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0)
  const canceledAt = moment.canceled ? Math.round(moment.at + random.between(1, 30) * HOUR) : null
  const shippedAt = Math.round(moment.at + random.between(0.7, moment.late ? 5 : 2) * DAY)
  const deliveredAt = Math.round(shippedAt + random.between(1, moment.late ? 12 : 4) * DAY)
  const returnedAt = Math.round(deliveredAt + random.between(3, 20) * DAY)
  for (const line of lines) {
    const { leaf } = catalogue.products[catalogue.variants[line.variant].product]
    if (random.chance(leaf.returned * effects.returns)) line.returned = 1 + random.int(line.quantity)
  }
  const happened = (at: number) => !moment.canceled && at < now
  if (!happened(returnedAt)) for (const line of lines) line.returned = 0
  return {
    index: 0,
    shopper: shopper.index,
    at: Math.round(moment.at),
    currency: shopper.currency,
    lines,
    shipping: goods >= freeFrom ? 0 : fee,
    status:
      canceledAt !== null && canceledAt < now ? "canceled" : happened(deliveredAt) ? "completed" : "pending",
    canceledAt: canceledAt !== null && canceledAt < now ? canceledAt : null,
    shippedAt: happened(shippedAt) ? shippedAt : null,
    deliveredAt: happened(deliveredAt) ? deliveredAt : null,
    returnedAt: lines.some((line) => line.returned > 0) ? returnedAt : null,
    late: moment.late,
  }
}
