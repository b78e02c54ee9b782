import { model } from "@medusajs/framework/utils"

/** What may be spent; see core's `Budget`. What is used stands in marketing_budget_use. */
export const Budget = model
  .define(
    { name: "Budget", tableName: "marketing_budget" },
    {
      id: model.id({ prefix: "mbudget" }).primaryKey(),
      scope: model.enum(["store", "capability", "automation"]),
      scope_id: model.text().default(""),
      per_subject: model.boolean().default(false),
      period: model.enum(["hour", "day", "week", "month", "total"]),
      kind: model.enum(["money", "count"]),
      currency_code: model.text().nullable(),
      /** Minor units, or acts. Whole numbers to 2^53. */
      amount: model.bigNumber(),
    },
  )
  .indexes([{ on: ["scope", "scope_id"] }])
