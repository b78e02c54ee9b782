/**
 * What experiments and holdouts are measured by, each per unit of randomisation (a customer, else a visitor) over the orders after
 * exposure, net of what was cancelled or sent back. Money is whole minor units of one currency.
 */
export const METRIC_NAMES = [
  "conversion",
  "orders",
  "revenue",
  "margin",
  "refunds",
  "average_order_value",
  "returns",
  "unsubscribes",
] as const
export type MetricName = (typeof METRIC_NAMES)[number]

export interface MetricFacts {
  /** mean: y per unit. ratio: sum of y over sum of d, by the delta method. */
  kind: "mean" | "ratio"
  /** y of one unit. */
  numerator: "ordered" | "orders" | "revenue" | "margin" | "refunds" | "returned_orders" | "unsubscribed"
  /** d of one unit, of a ratio. */
  denominator: "orders" | null
  money: boolean
  lower_is_better: boolean
  /** Harm here speaks against shipping, whatever the primary metric says. */
  guard_rail: boolean
  /** A few units can hold much of the sum, so that single units may be cut (see `winsoriseThreshold`). */
  heavy_tailed: boolean
}

const PLAIN: MetricFacts = {
  kind: "mean",
  numerator: "orders",
  denominator: null,
  money: false,
  lower_is_better: false,
  guard_rail: false,
  heavy_tailed: false,
}

export const METRICS: Readonly<Record<MetricName, MetricFacts>> = {
  /** Share of units with an order. */
  conversion: { ...PLAIN, numerator: "ordered" },
  /** Orders a unit. */
  orders: PLAIN,
  /** Revenue a unit, 0 of those who bought nothing. */
  revenue: { ...PLAIN, numerator: "revenue", money: true, heavy_tailed: true },
  /** Revenue less cost a unit, where every line's cost is known. */
  margin: { ...PLAIN, numerator: "margin", money: true, heavy_tailed: true },
  /** Money given back a unit. */
  refunds: {
    ...PLAIN,
    numerator: "refunds",
    money: true,
    heavy_tailed: true,
    lower_is_better: true,
    guard_rail: true,
  },
  /** Revenue an order. */
  average_order_value: {
    ...PLAIN,
    kind: "ratio",
    numerator: "revenue",
    denominator: "orders",
    money: true,
  },
  /** Share of orders of which something came back. */
  returns: {
    ...PLAIN,
    kind: "ratio",
    numerator: "returned_orders",
    denominator: "orders",
    lower_is_better: true,
    guard_rail: true,
  },
  /** Share of units that unsubscribed. */
  unsubscribes: { ...PLAIN, numerator: "unsubscribed", lower_is_better: true, guard_rail: true },
}
