import type { Readiness, ReadinessTier } from "./types"

/** Orders from which each tier holds. */
export const READINESS_ORDERS = { warm: 30, ready: 1000 } as const

/**
 * Which tier a store's recommendations have reached, by the orders the model learned from.
 */
export function readinessOf(counts: { orders: number }): Readiness {
  const { orders } = counts
  if (!(Number.isInteger(orders) && orders >= 0)) {
    throw new RangeError(`readiness: orders must be a whole number >= 0, got ${orders}`)
  }
  if (orders >= READINESS_ORDERS.ready) return { tier: "ready", next: null, orders, orders_to_next: null }
  const next: ReadinessTier = orders >= READINESS_ORDERS.warm ? "ready" : "warm"
  const tier: ReadinessTier = next === "ready" ? "warm" : "cold"
  return { tier, next, orders, orders_to_next: READINESS_ORDERS[next] - orders }
}
