import { model } from "@medusajs/framework/utils"

/** One rehearsal of an automation on the store's own past, from its request to its end. */
export const Simulation = model
  .define(
    { name: "Simulation", tableName: "marketing_simulation" },
    {
      id: model.id({ prefix: "msim" }).primaryKey(),
      automation_id: model.text(),
      days: model.number(),
      /** What was asked for: `SimulationBody.versions`. */
      versions: model.json(),
      status: model.enum(["queued", "running", "succeeded", "failed", "cancelled"]).default("running"),
      /** i18n key of the `marketing` namespace. */
      step: model.text().nullable(),
      done: model.number().default(0),
      total: model.number().nullable(),
      events: model.number().default(0),
      error: model.text().nullable(),
      outcomes: model.json().nullable(),
      cancel_requested: model.boolean().default(false),
      started_at: model.dateTime(),
      heartbeat_at: model.dateTime(),
      finished_at: model.dateTime().nullable(),
    },
  )
  .indexes([
    { on: ["automation_id"], unique: true, where: "status = 'running' AND deleted_at IS NULL" },
    { on: ["created_at"] },
  ])
