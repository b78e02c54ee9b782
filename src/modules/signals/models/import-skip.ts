import { model } from "@medusajs/framework/utils"

/**
 * Skipped rows of an import, some hundreds to a row of this table, so that even a file without one good line is
 * reported line by line at little cost. Each entry of `lines` is [line, reason, detail, order, sku]: nothing that
 * names a person is kept.
 */
const ImportSkip = model
  .define(
    { name: "import_skip", tableName: "marketing_import_skip" },
    {
      id: model.id({ prefix: "mimpskip" }).primaryKey(),
      import_id: model.text(),
      /** Number of the file's row (1 = first after the header) of the first and the last entry. */
      first_row: model.number(),
      last_row: model.number(),
      lines: model.json(),
    },
  )
  .indexes([{ on: ["import_id", "first_row"] }])

export default ImportSkip
