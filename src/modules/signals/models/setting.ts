import { model } from "@medusajs/framework/utils"

/** What the merchant has changed from the default; one row a setting. */
export const Setting = model.define(
  { name: "Setting", tableName: "marketing_setting" },
  {
    id: model.text().primaryKey(),
    value: model.json(),
  },
)
