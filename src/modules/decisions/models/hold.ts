import { model } from "@medusajs/framework/utils"

/** A complaint, return or risk case that is open: while it is, nothing but service reaches the subject. Capabilities report in. */
export const Hold = model
  .define(
    { name: "Hold", tableName: "marketing_hold" },
    {
      id: model.id({ prefix: "mhold" }).primaryKey(),
      subject_type: model.text(),
      subject_id: model.text(),
      kind: model.enum(["complaint", "return", "risk"]),
      /** What opened it, e.g. a return's id: opening it twice is opening it once. */
      reference: model.text(),
      opened_at: model.dateTime(),
      closed_at: model.dateTime().nullable(),
    },
  )
  .indexes([
    { on: ["subject_type", "subject_id"], where: "closed_at IS NULL AND deleted_at IS NULL" },
    { on: ["kind", "reference"], unique: true },
  ])
