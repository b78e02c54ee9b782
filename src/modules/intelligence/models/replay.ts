import { model } from "@medusajs/framework/utils"

/** One replay of a store's last days by two models, from its request to its end. */
export const Replay = model
  .define(
    { name: "Replay", tableName: "marketing_replay" },
    {
      id: model.id({ prefix: "mreplay" }).primaryKey(),
      kind: model.text(),
      /** The model that was asked about, and the one that served then. */
      model_id: model.text().index(),
      against_id: model.text(),
      days: model.number(),
      status: model.enum(["queued", "running", "succeeded", "failed", "cancelled"]).default("running"),
      /** i18n key of the `marketing` namespace. */
      step: model.text().nullable(),
      done: model.number().default(0),
      total: model.number().nullable(),
      error: model.text().nullable(),
      /** Figures of both on the same orders, by name. */
      metrics: model.json().nullable(),
      started_at: model.dateTime(),
      heartbeat_at: model.dateTime(),
      finished_at: model.dateTime().nullable(),
    },
  )
  .indexes([{ on: ["kind"], unique: true, where: "status = 'running' AND deleted_at IS NULL" }])
