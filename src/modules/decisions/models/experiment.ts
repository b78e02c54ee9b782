import { model } from "@medusajs/framework/utils"

/** One experiment, as `ExperimentBody` describes it. Who is in which arm follows from the unit and this id alone. */
export const Experiment = model
  .define(
    { name: "Experiment", tableName: "marketing_experiment" },
    {
      id: model.id({ prefix: "mexp" }).primaryKey(),
      name: model.text(),
      hypothesis: model.text().default(""),
      status: model.enum(["draft", "running", "stopped"]).default("draft"),
      target_type: model.enum(["automation", "placement", "storefront"]),
      target_id: model.text(),
      /** `ExperimentArm[]`, the control first. */
      arms: model.json(),
      traffic: model.float().default(1),
      primary_metric: model.text(),
      /** `MetricName[]` */
      metrics: model.json(),
      currency_code: model.text(),
      minimum_effect: model.float(),
      planned_days: model.number(),
      /** Units that will have taken part by then, as the store's past said when it was started: what always-valid intervals are tuned for. */
      planned_units: model.number().nullable(),
      covariate_days: model.number().default(90),
      started_at: model.dateTime().nullable(),
      stopped_at: model.dateTime().nullable(),
      /** `{ shipped_arm, note }` */
      conclusion: model.json().nullable(),
      version: model.number().default(1),
      created_by: model.text().nullable(),
    },
  )
  .indexes([
    { on: ["status"] },
    // Two experiments on one thing would be each other's noise.
    { on: ["target_type", "target_id"], unique: true, where: "status = 'running' AND deleted_at IS NULL" },
  ])
