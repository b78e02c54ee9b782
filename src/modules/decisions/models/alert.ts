import { model } from "@medusajs/framework/utils"

/** What staff should know or do. Those of a decision are its delivery: one each, whatever happens. */
export const Alert = model
  .define(
    { name: "Alert", tableName: "marketing_alert" },
    {
      id: model.id({ prefix: "malert" }).primaryKey(),
      level: model.enum(["info", "warning", "error"]),
      /** i18n key below `alerts`. */
      key: model.text(),
      data: model.json(),
      capability: model.text().nullable(),
      decision_id: model.text().nullable(),
      /** Raised again it is the same alert while this one is open: "breaker:offers". */
      reference: model.text(),
      resolved_at: model.dateTime().nullable(),
      resolved_by: model.text().nullable(),
    },
  )
  .indexes([
    { on: ["reference"], unique: true, where: "resolved_at IS NULL AND deleted_at IS NULL" },
    { on: ["created_at"] },
  ])
