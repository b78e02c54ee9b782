import type { EventType } from "../log-event"

/** The kinds of Medusa rows that the log follows. */
export const CORE_KINDS = ["orders", "carts", "customers", "returns", "payments", "fulfillments"] as const
export type CoreKind = (typeof CORE_KINDS)[number]

/** Which events each kind of row gives rise to. */
export const EVENT_TYPES: Record<CoreKind, EventType[]> = {
  orders: ["order_placed", "item_purchased", "order_cancelled", "order_completed"],
  carts: ["cart_item_added", "cart_item_removed"],
  customers: ["customer_created", "customer_updated"],
  returns: ["return_requested", "item_returned"],
  payments: ["payment_captured", "payment_refunded"],
  fulfillments: ["order_shipped", "order_delivered"],
}
