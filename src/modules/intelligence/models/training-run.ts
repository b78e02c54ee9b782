import { model } from "@medusajs/framework/utils"

/** One training, from its request to its end. `heartbeat_at` tells a run under way from one whose process died. */
export const TrainingRun = model
  .define(
    { name: "TrainingRun", tableName: "marketing_training_run" },
    {
      id: model.id({ prefix: "mtrain" }).primaryKey(),
      kind: model.text(),
      status: model.enum(["queued", "running", "succeeded", "failed", "cancelled"]).default("running"),
      /** i18n key of the `marketing` namespace. */
      step: model.text().nullable(),
      done: model.number().default(0),
      total: model.number().nullable(),
      error: model.text().nullable(),
      model_id: model.text().nullable(),
      started_at: model.dateTime(),
      heartbeat_at: model.dateTime(),
      finished_at: model.dateTime().nullable(),
    },
  )
  .indexes([{ on: ["kind"], unique: true, where: "status = 'running' AND deleted_at IS NULL" }])
