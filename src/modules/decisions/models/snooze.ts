import { model } from "@medusajs/framework/utils"

/** One automation leaves one subject alone until then. */
export const Snooze = model
  .define(
    { name: "Snooze", tableName: "marketing_snooze" },
    {
      id: model.id({ prefix: "msnooze" }).primaryKey(),
      automation_id: model.text(),
      subject_type: model.text(),
      subject_id: model.text(),
      until: model.dateTime(),
      created_by: model.text().nullable(),
    },
  )
  .indexes([{ on: ["subject_type", "subject_id"] }, { on: ["automation_id"] }])
