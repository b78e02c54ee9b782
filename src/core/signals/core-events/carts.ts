import { stateEventId } from "../event-id"
import type { EventSource, LogEvent } from "../log-event"
import { decisionId } from "./decision-id"
import type { CartLineRow, KnownCartLine } from "./rows"

const UNKNOWN: KnownCartLine = { quantity: 0, changes: 0 }

/**
 * What was added to or removed from a cart line since the log last knew it, and what it knows then.
 * Nothing changed: no events and the same `known`.
 *
 * What happens to a line once its cart is an order, or is deleted, is not the shopper's doing and gives no
 * event. A line that came and went unseen was added and removed all the same. The n-th change of a line
 * has one id, whoever finds it; that it is found once is the work of the row lock on `known`.
 */
export function cartLineEvents(
  line: CartLineRow,
  known: KnownCartLine = UNKNOWN,
  source: EventSource,
): { events: LogEvent[]; known: KnownCartLine } {
  const events: LogEvent[] = []
  let { quantity, changes } = known
  const change = (to: number, at: number) => {
    const type = to > quantity ? "cart_item_added" : "cart_item_removed"
    events.push({
      id: stateEventId(line.created_at, type, line.id, changes + 1),
      occurred_at: changes === 0 ? line.created_at : at,
      type,
      source,
      customer_id: line.customer_id,
      product_id: line.product_id,
      cart_id: line.cart_id,
      decision_id: type === "cart_item_added" ? decisionId(line.decision_id) : null,
      data: {
        line_id: line.id,
        variant_id: line.variant_id,
        quantity: Math.abs(to - quantity),
        unit_price: line.unit_price,
        currency_code: line.currency_code,
        country_code: line.country_code,
      },
    })
    quantity = to
    changes += 1
  }

  const closed = (at: number) => line.cart_closed_at !== null && at >= line.cart_closed_at
  if (line.deleted_at === null) {
    if (line.quantity > quantity || (line.quantity < quantity && !closed(line.updated_at))) {
      change(line.quantity, line.updated_at)
    }
  } else {
    if (changes === 0 && line.quantity > 0) change(line.quantity, line.created_at)
    if (quantity > 0 && !closed(line.deleted_at)) change(0, line.deleted_at)
  }
  return { events, known: events.length > 0 ? { quantity, changes } : known }
}
