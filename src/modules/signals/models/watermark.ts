import { model } from "@medusajs/framework/utils"

/**
 * How far reconciliation has read one kind of row (`id`: orders, carts, customers, returns, payments,
 * fulfillments), and what it found of the last 24 hours when it last counted.
 */
export const Watermark = model.define(
  { name: "Watermark", tableName: "marketing_watermark" },
  {
    id: model.text().primaryKey(),
    /** Newest change whose events are in the log; null before the first reconciliation. */
    changed_at: model.dateTime().nullable(),
    row_id: model.text().nullable(),
    rows_changed: model.number().default(0),
    seen: model.number().default(0),
    reconciled: model.number().default(0),
    counted_at: model.dateTime().nullable(),
    /** Subscribers of this kind that failed, ever; reconciliation repairs what they missed. */
    failures: model.number().default(0),
    failed_at: model.dateTime().nullable(),
    failure: model.text().nullable(),
  },
)
