/** What is wrong with a whole file: found before anything is written. */
export type OrderFileFault =
  | "empty_file"
  | "not_a_text_file"
  | "missing_columns"
  | "unknown_columns"
  | "ambiguous_dates"
  | "mixed_dates"
  | "unknown_time_zone"
  | "unknown_currency"
  | "damaged_file"

export class OrderFileError extends Error {
  constructor(
    readonly code: OrderFileFault,
    message: string,
  ) {
    super(message)
    this.name = "OrderFileError"
  }
}

/** Why one line did not become an event. */
export const SKIP_REASONS = [
  "bad_csv",
  "missing_order",
  "missing_sku",
  "service_line",
  "cancelled_order",
  "bad_date",
  "bad_quantity",
  "bad_price",
  "unknown_currency",
  "stock_adjustment",
  "no_title_no_price",
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]
