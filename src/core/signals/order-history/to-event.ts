import { stateEventId } from "../event-id"
import type { LogEvent } from "../log-event"
import type { OrderLine } from "./line-reader"

/** The ids of Medusa that a line belongs to; null customer for a purchase kept without identity. */
export interface LineOwner {
  product_id: string
  variant_id: string
  customer_id: string | null
}

/**
 * An order's id in the log. Medusa's own ids hold no colon, so an imported order can never be taken for one of
 * the store's.
 */
export const importedOrderId = (source: string, order: string): string => `${source}:${order}`

/** `nth`: how many equal (order, SKU) came before it in the file, so that equal lines of one order all count. */
export function toEvent(line: OrderLine, nth: number, source: string, owner: LineOwner): LogEvent {
  return {
    id: stateEventId(line.occurred_at, "import", source, line.order, line.sku, nth),
    occurred_at: line.occurred_at,
    type: line.kind === "purchase" ? "item_purchased" : "item_returned",
    source: "import",
    customer_id: owner.customer_id,
    product_id: owner.product_id,
    order_id: importedOrderId(source, line.order),
    data: {
      variant_id: owner.variant_id,
      sku: line.sku,
      quantity: line.quantity,
      unit_price: line.unit_price,
      currency_code: line.currency_code,
      country_code: line.country_code,
    },
  }
}
