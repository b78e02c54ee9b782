import { model } from "@medusajs/framework/utils"

/**
 * What was measured of an experiment ("mexp_…"), or of a layer of the permanent holdout ("global", "capability:offers"), up to the end of
 * a day: the newest of a day stays.
 */
export const ExperimentResult = model
  .define(
    { name: "ExperimentResult", tableName: "marketing_experiment_result" },
    {
      id: model.id({ prefix: "mexpres" }).primaryKey(),
      experiment_id: model.text(),
      /** "2026-11-24" (UTC) */
      day: model.text(),
      measured_at: model.dateTime(),
      result: model.json(),
    },
  )
  .indexes([{ on: ["experiment_id", "day"], unique: true }])
