import { stateEventId } from "../event-id"
import type { EventSource, LogEvent } from "../log-event"
import { decisionId } from "./decision-id"
import type { OrderLineRow, OrderRow } from "./rows"

/**
 * Everything an order's rows say has happened to it.
 *
 * The time in every id is `order.created_at`, the one time of an order that never changes: Medusa keeps
 * no time of completion, and `canceled_at` is written anew by a second cancellation. `occurred_at` of a
 * completion is the row's last change when it was first seen completed, an upper bound.
 */
export function orderEvents(order: OrderRow, source: EventSource): LogEvent[] {
  const about = {
    source,
    customer_id: order.customer_id,
    order_id: order.id,
    cart_id: order.cart_id,
  }
  const events: LogEvent[] = [
    {
      id: stateEventId(order.created_at, "order_placed", order.id),
      occurred_at: order.created_at,
      type: "order_placed",
      ...about,
      data: {
        currency_code: order.currency_code,
        total: order.total,
        country_code: order.country_code,
        sales_channel_id: order.sales_channel_id,
        items: order.lines.length,
      },
    },
  ]
  const first = Math.min(...order.lines.map((line) => line.versions[0]?.version ?? Infinity))
  for (const line of order.lines) {
    for (const bought of purchasesOf(line)) {
      const original = bought.version === first
      events.push({
        // A line is bought once; what an order edit adds to it later is a purchase of that version.
        id: original
          ? stateEventId(order.created_at, "item_purchased", line.id)
          : stateEventId(order.created_at, "item_purchased", line.id, bought.version),
        occurred_at: original ? order.created_at : bought.at,
        type: "item_purchased",
        ...about,
        product_id: line.product_id,
        decision_id: decisionId(line.decision_id),
        data: {
          line_id: line.id,
          variant_id: line.variant_id,
          sku: line.sku,
          quantity: bought.quantity,
          unit_price: line.unit_price,
          currency_code: order.currency_code,
          country_code: order.country_code,
          sales_channel_id: order.sales_channel_id,
        },
      })
    }
  }
  if (order.canceled_at !== null || order.status === "canceled") {
    events.push({
      id: stateEventId(order.created_at, "order_cancelled", order.id),
      occurred_at: order.canceled_at ?? order.updated_at,
      type: "order_cancelled",
      ...about,
      data: {},
    })
  } else if (order.status === "completed" || order.status === "archived") {
    // Medusa archives completed and cancelled orders only.
    events.push({
      id: stateEventId(order.created_at, "order_completed", order.id),
      occurred_at: order.updated_at,
      type: "order_completed",
      ...about,
      data: {},
    })
  }
  return events
}

/**
 * Medusa copies every line into each new version of its order. Read from the first version on, only a
 * quantity above all before it is a purchase; the outcome does not depend on when the rows are read.
 */
function purchasesOf(line: OrderLineRow): { version: number; quantity: number; at: number }[] {
  const bought: { version: number; quantity: number; at: number }[] = []
  let most = 0
  for (const { version, quantity, created_at } of line.versions) {
    if (quantity <= most) continue
    bought.push({ version, quantity: quantity - most, at: created_at })
    most = quantity
  }
  return bought
}
