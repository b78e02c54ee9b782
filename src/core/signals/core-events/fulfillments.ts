import { stateEventId } from "../event-id"
import type { EventSource, LogEvent } from "../log-event"
import type { FulfillmentRow } from "./rows"

/** A parcel of an order was sent, and arrived. */
export function fulfillmentEvents(row: FulfillmentRow, source: EventSource): LogEvent[] {
  const events: LogEvent[] = []
  const happened = (type: "order_shipped" | "order_delivered", occurred_at: number | null) => {
    if (occurred_at === null) return
    events.push({
      id: stateEventId(row.created_at, type, row.id),
      occurred_at,
      type,
      source,
      customer_id: row.customer_id,
      order_id: row.order_id,
      data: { fulfillment_id: row.id },
    })
  }
  happened("order_shipped", row.shipped_at)
  happened("order_delivered", row.delivered_at)
  return events
}
