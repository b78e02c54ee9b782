import { stateEventId } from "../event-id"
import type { EventSource, LogEvent } from "../log-event"
import type { MoneyMovementRow } from "./rows"

/** Money came in or went back: one event for each capture and each refund, which Medusa never changes. */
export function paymentEvents(row: MoneyMovementRow, source: EventSource): LogEvent[] {
  const type = row.movement === "capture" ? "payment_captured" : "payment_refunded"
  return [
    {
      id: stateEventId(row.created_at, type, row.id),
      occurred_at: row.created_at,
      type,
      source,
      customer_id: row.customer_id,
      order_id: row.order_id,
      data: { payment_id: row.payment_id, amount: row.amount, currency_code: row.currency_code },
    },
  ]
}
