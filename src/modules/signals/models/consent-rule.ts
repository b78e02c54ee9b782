import { model } from "@medusajs/framework/utils"

/** What holds in a country until a person answers. `id` is the two-letter country code, or "*" for all others. */
export const ConsentRule = model.define(
  { name: "ConsentRule", tableName: "marketing_consent_rule" },
  {
    id: model.text().primaryKey(),
    /** Purpose → granted by default. A purpose that is missing is opt-in. */
    defaults: model.json(),
    confirmed_at: model.dateTime().nullable(),
    confirmed_by: model.text().nullable(),
  },
)
