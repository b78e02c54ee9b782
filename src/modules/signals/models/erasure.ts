import { model } from "@medusajs/framework/utils"

/** A customer whose data was erased: events of theirs that are read from the books later come in without identity. */
export const Erasure = model.define(
  { name: "Erasure", tableName: "marketing_erasure" },
  {
    id: model.text().primaryKey(),
    erased_at: model.dateTime(),
  },
)
