import { MOODS } from "./assortment"
import { leavesOf } from "./catalogue"
import { MISSING } from "./effects"
import type { Simulation } from "./types"

/**
 * What is true of the shop and hidden from the store, as plain data to be written beside the seed. Rows are named by what
 * survives into any store: product handles, SKUs, shoppers' e-mail addresses.
 */
export function truthOf(simulation: Simulation) {
  const { catalogue, shoppers, orders } = simulation
  const handle = (product: number) => catalogue.products[product].handle
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return {
    seed: simulation.seed,
    start: time(simulation.start),
    now: time(simulation.now),
    effects: simulation.effects,
    moods: MOODS,
    leaves: leavesOf(catalogue).map((leaf) => leaf.handle),
    products: catalogue.products.map((product) => ({
      handle: product.handle,
      substitutes_group: product.thing,
      mood: MOODS[product.mood],
      log_popularity: round(catalogue.hidden.popularity[product.index]),
      lasts_days: product.lasts,
      launched_at: time(product.launchedAt),
      discontinued_at: time(product.discontinuedAt),
    })),
    complements: catalogue.hidden.complements.map((pair) => ({
      of: handle(pair.of),
      brings: pair.thing,
      partner: handle(pair.partner),
      strength: pair.strength,
      partner_share: simulation.effects.partnerShare,
    })),
    sales: catalogue.sales.map((sale) => ({ ...sale, from: time(sale.from), to: time(sale.to) })),
    price_changes: catalogue.priceChanges.map((change) => ({
      product: handle(change.product),
      at: time(change.at),
      before_over_now: round(change.ratio),
    })),
    missing: MISSING.map(([english, chinese]) => ({ english, chinese })),
    shoppers: shoppers.map((shopper) => ({
      email: shopper.email,
      time_zone: shopper.timeZone,
      language: shopper.language,
      visitor_ids: shopper.visitorIds,
      leaf_log_weights: shopper.hidden.leaves.map(round),
      mood_log_weights: shopper.hidden.moods.map(round),
      price_sensitivity: round(shopper.hidden.priceSensitivity),
      rhythm_days: round(shopper.hidden.rhythmDays),
      favourite_hour: round(shopper.hidden.hour),
      left_at: time(shopper.hidden.leftAt),
      bad_experiences: shopper.hidden.badExperiences,
    })),
    /** Why each line is in its order: c choice, m complement, r replenishment, x chance; in the order of orders and lines. */
    lines: orders.map((order) => order.lines.map((line) => WHY[line.why]).join("")),
  }
}

export type Truth = ReturnType<typeof truthOf>

const WHY = { choice: "c", complement: "m", replenishment: "r", random: "x" } as const

const round = (value: number) => Math.round(value * 1000) / 1000
