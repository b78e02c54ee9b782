import { model } from "@medusajs/framework/utils"

/** One trained model: what it is good for, how good it was, and whether it serves. Its bytes are in marketing_model_chunk. */
export const Model = model
  .define(
    { name: "Model", tableName: "marketing_model" },
    {
      id: model.id({ prefix: "mmodel" }).primaryKey(),
      /** What it scores, e.g. "recommendations". */
      kind: model.text(),
      version: model.number(),
      status: model.enum(["candidate", "active", "retired", "rejected"]).default("candidate"),
      /** Figures on the held-out window, by name. */
      metrics: model.json(),
      /** i18n key that tells why it was or was not activated. */
      verdict: model.text().nullable(),
      products: model.number().default(0),
      orders: model.number().default(0),
      events: model.number().default(0),
      bytes: model.number().default(0),
      trained_at: model.dateTime(),
      training_ms: model.number(),
    },
  )
  .indexes([
    { on: ["kind", "version"], unique: true },
    // One model of a kind serves at a time, whoever activates it.
    { on: ["kind"], unique: true, where: "status = 'active' AND deleted_at IS NULL" },
  ])
