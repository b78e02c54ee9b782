/** One row of the event log. Ids are Medusa's own; no e-mail, phone or name ever stands in it. */
export interface LogEvent {
  /** UUIDv7; its time is the partition key. */
  id: string
  /** Unix milliseconds, corrected for the sender's clock. */
  occurred_at: number
  type: EventType
  source: EventSource
  visitor_id?: string | null
  session_id?: string | null
  customer_id?: string | null
  product_id?: string | null
  order_id?: string | null
  cart_id?: string | null
  /** The decision (a shelf, later a coupon or message) this event shows, follows or realises. */
  decision_id?: string | null
  /** What else the type carries: see each type below. Money in it is major units beside its currency_code, as Medusa stores it. */
  data: Record<string, unknown>
}

/** How an event reached the log. `event`: Medusa's bus; `reconcile` and `backfill`: read from the rows. */
export type EventSource = "browser" | "server" | "event" | "reconcile" | "backfill" | "import"

export type EventType =
  // from the browser
  | "product_viewed"
  | "list_viewed"
  | "searched"
  | "page_left"
  | "checkout_step_reached"
  | "signed_in"
  | "recommendation_shown"
  | "recommendation_clicked"
  // from the server only
  /** data: { placement, product_ids, seeds, readiness, model_id } ; id = decision_id */
  | "recommendation_served"
  /** The same of a shelf that was kept from a control group, so nobody saw it. data also: { unit_arm, layer, experiment_id, arm_key } */
  | "recommendation_withheld"
  /** data: { line_id, variant_id, quantity, unit_price, currency_code, country_code } */
  | "cart_item_added"
  | "cart_item_removed"
  /** data: { currency_code, total, country_code, sales_channel_id, items } */
  | "order_placed"
  /** One per order line. data: { line_id, variant_id, sku, quantity, unit_price, currency_code } */
  | "item_purchased"
  | "order_cancelled"
  | "order_completed"
  /** data: { fulfillment_id } */
  | "order_shipped"
  | "order_delivered"
  /** data: { return_id } */
  | "return_requested"
  /** data: { return_id, line_id, variant_id, sku, quantity } */
  | "item_returned"
  /** data: { payment_id, amount, currency_code } */
  | "payment_captured"
  | "payment_refunded"
  | "customer_created"
  | "customer_updated"
