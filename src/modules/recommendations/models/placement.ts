import { model } from "@medusajs/framework/utils"

/**
 * A placement of the merchant's own, or what they changed of a shipped one. A shipped placement that nobody touched has no
 * row: it is as core says.
 */
export const Placement = model.define(
  { name: "Placement", tableName: "marketing_placement" },
  {
    id: model.id({ prefix: "mplace" }).primaryKey(),
    /** What a shelf of the storefront names. */
    handle: model.text().unique(),
    context: model.enum(["none", "product", "cart", "products", "search"]),
    shipped: model.boolean().default(false),
    /** Of a shipped placement only what was changed, else everything. */
    settings: model.json(),
    /** Counts changes, so that two people do not undo each other's. */
    version: model.number().default(1),
  },
)
