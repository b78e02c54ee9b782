import { model } from "@medusajs/framework/utils"

/** What the merchant has changed of the guard's policy; one row a field of `GuardPolicy`. */
export const GuardSetting = model.define(
  { name: "GuardSetting", tableName: "marketing_guard_setting" },
  {
    id: model.text().primaryKey(),
    /** `{ is: value }` */
    value: model.json(),
  },
)
