import fc from "fast-check"
import { CAPABILITIES, type Automation, type BatchFacts, type CapabilityState } from "../../decisions"
import { stateEventId, type LogEvent } from "../../signals"
import { largeCartLeft } from "../large-cart-left"

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Tuesday, 9 o'clock in UTC. */
export const NINE = Date.UTC(2026, 10, 24, 9)

interface Change {
  cart?: string
  line?: string
  quantity?: number
  price?: number | null
  currency?: string | null
  customer?: string | null
  visitor?: string | null
}

let changes = 0
function lineEvent(type: "cart_item_added" | "cart_item_removed", at: number, change: Change): LogEvent {
  const { cart = "cart_1", line = "line_1", quantity = 1, price = 100, currency = "eur" } = change
  return {
    id: stateEventId(at, type, cart, line, ++changes),
    occurred_at: at,
    type,
    source: "event",
    customer_id: change.customer === undefined ? "cus_1" : change.customer,
    visitor_id: change.visitor ?? null,
    cart_id: cart,
    data: {
      line_id: line,
      variant_id: "variant_1",
      quantity,
      ...(price === null ? {} : { unit_price: price }),
      ...(currency === null ? {} : { currency_code: currency }),
      country_code: "de",
    },
  }
}
export const added = (at: number, change: Change = {}) => lineEvent("cart_item_added", at, change)
export const removed = (at: number, change: Change = {}) => lineEvent("cart_item_removed", at, change)
export const ordered = (at: number, cart = "cart_1", customer: string | null = "cus_1"): LogEvent => ({
  id: stateEventId(at, "order_placed", cart, ++changes),
  occurred_at: at,
  type: "order_placed",
  source: "event",
  customer_id: customer,
  order_id: `order_${cart}`,
  cart_id: cart,
  data: { currency_code: "eur", total: 100 },
})

export function automationWith(change: Partial<Automation> = {}): Automation {
  return {
    id: "mauto_1",
    kind: "large_cart_left",
    capability: "campaigns",
    name: "Large carts",
    version: 3,
    settings: { minimum: { eur: 150_00 }, minutes: 60 },
    guard: { cooldown_minutes: 0, daily_limit: null },
    mode: { mode: "on", percent: 0 },
    holdout: 0,
    ...change,
  }
}

export function factsWith(change: Partial<BatchFacts> = {}): BatchFacts {
  return {
    policy: {
      quiet_hours: null,
      caps: [],
      approval_hours: 48,
      breaker: { enabled: false, minute_times: 10, hour_times: 5, minimum: {} },
      global_holdout: 0,
      time_zone: "UTC",
    },
    store_killed: false,
    capabilities: new Map(
      CAPABILITIES.map((capability): [typeof capability, CapabilityState] => [
        capability,
        { capability, mode: { mode: "on", percent: 0 }, killed: false, tripped_at: null, holdout: 0 },
      ]),
    ),
    automations: new Map([["mauto_1", automationWith()]]),
    experiments: new Map(),
    taken: new Set(),
    erased: new Set(),
    consents: new Map(),
    time_zones: new Map(),
    contacts: new Map(),
    last_acts: new Map(),
    snoozes: new Map(),
    holds: new Map(),
    budgets: [],
    used: new Map(),
    liability: new Map(),
    units: new Map(),
    ...change,
  }
}

/** Events of a few carts over some days, in the order of the log, with gaps around the hour at which carts fall due. */
export const anyLog = fc
  .array(
    fc.record({
      gap: fc.oneof(
        fc.constantFrom(0, 1, 59 * MINUTE, HOUR - 1, HOUR, HOUR + 1, 30 * MINUTE),
        fc.integer({ min: 0, max: 5 * HOUR }),
      ),
      cart: fc.integer({ min: 0, max: 5 }),
      line: fc.integer({ min: 0, max: 2 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      price: fc.constantFrom(10, 49.99, 80, 150),
      kind: fc.constantFrom("add", "add", "add", "remove", "order"),
      again: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((rows) => {
    let at = NINE
    const events: LogEvent[] = []
    for (const { gap, cart, line, quantity, price, kind, again } of rows) {
      at += gap
      const change = {
        cart: `cart_${cart}`,
        line: `line_${line}`,
        quantity,
        price,
        customer: `cus_${cart % 4}`,
      }
      const event =
        kind === "order"
          ? ordered(at, change.cart, change.customer)
          : kind === "add"
            ? added(at, change)
            : removed(at, change)
      events.push(event)
      // Read twice, as a log may be.
      if (again) events.push(event)
    }
    return events.sort((a, b) => a.occurred_at - b.occurred_at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  })

export const kind = largeCartLeft
