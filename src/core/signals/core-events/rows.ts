/**
 * Medusa's rows as the log's events need them. Times are unix milliseconds, quantities and amounts plain
 * numbers, ids Medusa's own. Nothing here identifies a person beyond those ids.
 */
export interface OrderRow {
  id: string
  created_at: number
  updated_at: number
  canceled_at: number | null
  status: string
  customer_id: string | null
  cart_id: string | null
  currency_code: string
  country_code: string | null
  sales_channel_id: string | null
  /** Total of the first version of the order; null if Medusa keeps none. */
  total: number | null
  lines: OrderLineRow[]
}

export interface OrderLineRow {
  id: string
  product_id: string | null
  variant_id: string | null
  sku: string | null
  unit_price: number
  /** `metadata.marketing_decision_id` as it stands in the row. */
  decision_id: string | null
  /** Quantities by order version, lowest version first. */
  versions: { version: number; quantity: number; created_at: number }[]
}

export interface CartLineRow {
  id: string
  cart_id: string
  customer_id: string | null
  country_code: string | null
  product_id: string | null
  variant_id: string | null
  decision_id: string | null
  quantity: number
  /** Major units of `currency_code`, the cart's. */
  unit_price: number
  currency_code: string
  created_at: number
  updated_at: number
  deleted_at: number | null
  /** When the cart became an order or was deleted; null while the shopper can still change it. */
  cart_closed_at: number | null
}

/** What the log knows of a cart line. */
export interface KnownCartLine {
  quantity: number
  changes: number
}

export interface CustomerRow {
  id: string
  created_at: number
  updated_at: number
  has_account: boolean
}

export interface ReturnRow {
  id: string
  order_id: string
  customer_id: string | null
  status: string
  created_at: number
  updated_at: number
  requested_at: number | null
  received_at: number | null
  lines: ReturnLineRow[]
  /** Applied "receive item" actions, one for each line of each parcel that came back. */
  receipts: { id: string; line_id: string; quantity: number; created_at: number; updated_at: number }[]
}

export interface ReturnLineRow {
  id: string
  line_id: string
  product_id: string | null
  variant_id: string | null
  sku: string | null
  quantity: number
  received_quantity: number
}

/** A capture or a refund of a payment. */
export interface MoneyMovementRow {
  id: string
  movement: "capture" | "refund"
  payment_id: string
  order_id: string
  customer_id: string | null
  amount: number
  currency_code: string
  created_at: number
}

export interface FulfillmentRow {
  id: string
  order_id: string
  customer_id: string | null
  created_at: number
  shipped_at: number | null
  delivered_at: number | null
}
