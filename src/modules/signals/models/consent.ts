import { model } from "@medusajs/framework/utils"
import { PURPOSES } from "../../../types/http/consents"

/** One answer of one person to one purpose. Rows are only added; the newest speaks. */
export const Consent = model
  .define(
    { name: "Consent", tableName: "marketing_consent" },
    {
      id: model.id({ prefix: "mcons" }).primaryKey(),
      visitor_id: model.text().nullable(),
      customer_id: model.text().nullable(),
      purpose: model.enum([...PURPOSES]),
      granted: model.boolean(),
      source: model.text(),
      country_code: model.text().nullable(),
      decided_at: model.dateTime(),
    },
  )
  .indexes([{ on: ["visitor_id", "purpose"] }, { on: ["customer_id", "purpose"] }])
