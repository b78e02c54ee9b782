import { randomEventId, type LogEvent } from "../../src/core/signals"
import { randomStream } from "./random"
import type { Simulation } from "./types"

/** The store's ids of the simulation's rows, by position. */
export interface StoreIds {
  products: readonly string[]
  variants: readonly string[]
  shoppers: readonly string[]
  carts: readonly string[]
  /** Leaf handle → category id. */
  categories: ReadonlyMap<string, string>
}

/** Ids for work in memory, without a store: handles, SKUs and e-mail addresses. */
export function readableIds(simulation: Simulation): StoreIds {
  const { products, variants } = simulation.catalogue
  return {
    products: products.map((product) => product.handle),
    variants: variants.map((variant) => variant.sku),
    shoppers: simulation.shoppers.map((shopper) => shopper.email),
    carts: simulation.carts.map((cart) => `cart-${cart.index}`),
    categories: new Map(products.map((product) => [product.leaf.handle, product.leaf.handle])),
  }
}

/** The id under which the shopper's browser knew the cart that became an order: those carts are not kept. */
export function orderedCartId(seed: number, order: number): string {
  return `cart_sample_${seed}_${order}`
}

/** The visits as rows of the event log, in batches, in the order of time. The same seed gives the same ids. */
export function* toLogEvents(simulation: Simulation, ids: StoreIds, batchSize = 5000): Generator<LogEvent[]> {
  const random = randomStream(simulation.seed, "event ids")
  let batch: LogEvent[] = []
  for (const visit of simulation.visits) {
    const data: Record<string, unknown> = { ...visit.data }
    if (visit.variant !== undefined) data.variant_id = ids.variants[visit.variant]
    if (visit.products) data.product_ids = visit.products.map((product) => ids.products[product])
    if (typeof data.list_id === "string") data.list_id = ids.categories.get(data.list_id)
    batch.push({
      id: randomEventId(visit.occurred_at, random.bytes(10)),
      occurred_at: visit.occurred_at,
      type: visit.type,
      source: "browser",
      visitor_id: visit.visitor,
      session_id: visit.session,
      customer_id: visit.shopper === null ? null : ids.shoppers[visit.shopper],
      product_id: visit.product === undefined ? null : ids.products[visit.product],
      order_id: null,
      cart_id: !visit.cart
        ? null
        : "left" in visit.cart
          ? ids.carts[visit.cart.left]
          : orderedCartId(simulation.seed, visit.cart.order),
      decision_id: null,
      data,
    })
    if (batch.length === batchSize) {
      yield batch
      batch = []
    }
  }
  if (batch.length) yield batch
}
