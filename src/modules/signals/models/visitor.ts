import { model } from "@medusajs/framework/utils"

/**
 * A browser that a customer has signed in on. Written once: what this browser did before
 * `stitched_at` is that customer's past; a second customer gets a visitor id of their own.
 */
export const Visitor = model.define(
  { name: "Visitor", tableName: "marketing_visitor" },
  {
    id: model.text().primaryKey(),
    customer_id: model.text().index(),
    stitched_at: model.dateTime(),
  },
)
