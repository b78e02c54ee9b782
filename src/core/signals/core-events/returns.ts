import { stateEventId } from "../event-id"
import type { EventSource, LogEvent } from "../log-event"
import type { ReturnLineRow, ReturnRow } from "./rows"

/** A return that is only being drafted in the admin has none of these. */
const REQUESTED = new Set(["requested", "partially_received", "received"])

/**
 * A return was requested, and what came back of it.
 *
 * What came back is read from the "receive item" actions: Medusa overwrites `received_quantity` when a
 * second parcel of the same return arrives. A return that was written without such actions (by the order
 * module itself) counts by its lines: the received quantity, or all of it once the status is "received".
 */
export function returnEvents(row: ReturnRow, source: EventSource): LogEvent[] {
  const about = { source, customer_id: row.customer_id, order_id: row.order_id }
  const events: LogEvent[] = []
  if (row.requested_at !== null || REQUESTED.has(row.status)) {
    events.push({
      id: stateEventId(row.created_at, "return_requested", row.id),
      occurred_at: row.requested_at ?? row.created_at,
      type: "return_requested",
      ...about,
      data: { return_id: row.id },
    })
  }

  const lines = new Map(row.lines.map((line) => [line.line_id, line]))
  const returned = (line: ReturnLineRow, id: string, occurred_at: number, quantity: number) =>
    events.push({
      id,
      occurred_at,
      type: "item_returned",
      ...about,
      product_id: line.product_id,
      data: {
        return_id: row.id,
        line_id: line.line_id,
        variant_id: line.variant_id,
        sku: line.sku,
        quantity,
      },
    })

  for (const receipt of row.receipts) {
    const line = lines.get(receipt.line_id)
    if (!line || receipt.quantity <= 0) continue
    const id = stateEventId(receipt.created_at, "item_returned", receipt.id)
    returned(line, id, receipt.updated_at, receipt.quantity)
  }
  if (row.receipts.length > 0) return events

  for (const line of row.lines) {
    const quantity = line.received_quantity || (row.status === "received" ? line.quantity : 0)
    if (quantity <= 0) continue
    const id = stateEventId(row.created_at, "item_returned", line.id)
    returned(line, id, row.received_at ?? row.updated_at, quantity)
  }
  return events
}
