import { model } from "@medusajs/framework/utils"

/** What an automation was set to from this version on. */
export const AutomationVersion = model
  .define(
    { name: "AutomationVersion", tableName: "marketing_automation_version" },
    {
      id: model.id({ prefix: "mautov" }).primaryKey(),
      automation_id: model.text(),
      version: model.number(),
      settings: model.json(),
      guard: model.json(),
      created_by: model.text().nullable(),
    },
  )
  .indexes([{ on: ["automation_id", "version"], unique: true }])
