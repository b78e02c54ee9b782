import { seasonPull } from "./calendar"
import { DAY, dayPrices, leavesOf, type DayPrices } from "./catalogue"
import type { Effects } from "./effects"
import type { Random } from "./random"
import type { Catalogue } from "./types"

/** What a product is worth choosing on one day, whoever chooses. */
interface Day {
  prices: DayPrices
  /** Season's pull; 0 when the product is not offered. */
  pull: Float64Array
  /** Logarithm of the day's price against today's list price. */
  logPrice: Float64Array
}

const { exp, floor, log } = Math

/** Draws products the way shoppers do: taste × season × price of the day, with a share of plain chance. */
export class Chooser {
  private readonly days = new Map<number, Day>()
  private readonly weights: Float64Array
  readonly leafOf: Int32Array
  private readonly byThing = new Map<string, number[]>()

  constructor(
    private readonly catalogue: Catalogue,
    private readonly effects: Effects,
  ) {
    this.weights = new Float64Array(catalogue.products.length)
    const position = new Map(leavesOf(catalogue).map((leaf, i) => [leaf.handle, i]))
    this.leafOf = Int32Array.from(catalogue.products, (product) => position.get(product.leaf.handle)!)
    for (const product of catalogue.products) {
      this.byThing.set(product.thing, [...(this.byThing.get(product.thing) ?? []), product.index])
    }
  }

  ofThing(thing: string): readonly number[] {
    return this.byThing.get(thing) ?? []
  }

  day(at: number): Day {
    const key = floor(at / DAY)
    const known = this.days.get(key)
    if (known) return known
    // Asked for at any hour, so it must not depend on the hour: prices and launches change at midnight.
    const midnight = key * DAY
    const prices = dayPrices(this.catalogue, midnight)
    const pull = Float64Array.from(this.catalogue.products, (product) =>
      midnight < product.launchedAt || (product.discontinuedAt !== null && midnight >= product.discontinuedAt)
        ? 0
        : seasonPull(product.leaf.season, midnight, this.effects),
    )
    const logPrice = Float64Array.from(prices.list, (list, i) => log(list * (1 - prices.sale[i])))
    const day = { prices, pull, logPrice }
    this.days.set(key, day)
    return day
  }

  /** One product by taste and day; of `among` only, when given. */
  draw(
    random: Random,
    taste: Float64Array,
    sensitivity: number,
    at: number,
    among?: readonly number[],
  ): number {
    const { pull, logPrice } = this.day(at)
    const size = among ? among.length : taste.length
    let total = 0
    for (let i = 0; i < size; i++) {
      const product = among ? among[i] : i
      let weight = taste[product] * pull[product]
      if (logPrice[product] !== 0) weight *= exp(-sensitivity * logPrice[product])
      this.weights[i] = weight
      total += weight
    }
    if (total <= 0) return -1
    let left = random.next() * total
    let chosen = -1
    for (let i = 0; i < size; i++) {
      if (this.weights[i] === 0) continue
      chosen = i
      left -= this.weights[i]
      if (left < 0) break
    }
    return among ? among[chosen] : chosen
  }

  /** Any product on offer that day. */
  drawAny(random: Random, at: number): number {
    const { pull } = this.day(at)
    for (let attempt = 0; attempt < 100; attempt++) {
      const product = random.int(pull.length)
      if (pull[product] > 0) return product
    }
    return -1
  }

  offered(product: number, at: number): boolean {
    return this.day(at).pull[product] > 0
  }
}
