import { model } from "@medusajs/framework/utils"

/**
 * One import of an order history. At most one may be queued or running: the partial unique index over `slot`
 * makes the database refuse a second, whichever process asks. A run whose process died keeps its status;
 * `heartbeat_at` tells that nobody works on it any more, and `checkpoint` where to go on.
 */
const ImportRun = model
  .define(
    { name: "import_run", tableName: "marketing_import_run" },
    {
      id: model.id({ prefix: "mimp" }).primaryKey(),
      slot: model.text().default("orders"),
      status: model.enum(["queued", "running", "succeeded", "failed", "cancelled"]).default("queued"),
      step: model.text().nullable(),
      done: model.number().default(0),
      total: model.number().nullable(),
      unit: model.text().default("rows"),
      error: model.text().nullable(),
      file_name: model.text(),
      /** SHA-256 of the file as it was given (compressed or not), hex. */
      file_hash: model.text(),
      /** The private copy of an upload; null once it is no longer needed, or when the file came by command line. */
      file_path: model.text().nullable(),
      source: model.text(),
      options: model.json(),
      as_orders: model.boolean().default(false),
      rows_read: model.number().default(0),
      rows_imported: model.number().default(0),
      rows_skipped: model.number().default(0),
      /** Of `rows_imported`, those whose event was in the log already. */
      rows_existing: model.number().default(0),
      skipped_by_reason: model.json(),
      products_created: model.number().default(0),
      customers_created: model.number().default(0),
      orders_created: model.number().default(0),
      /** Rows of the file whose events and skips are committed: a resumed run writes only what follows. */
      checkpoint: model.number().default(0),
      /** Milliseconds by phase, e.g. { reading, products, customers, events, orders }. */
      timings: model.json(),
      cancel_requested: model.boolean().default(false),
      heartbeat_at: model.dateTime().nullable(),
      started_at: model.dateTime().nullable(),
      finished_at: model.dateTime().nullable(),
    },
  )
  .indexes([
    {
      name: "UQ_marketing_import_run_under_way",
      on: ["slot"],
      unique: true,
      where: "status in ('queued', 'running') and deleted_at is null",
    },
    { on: ["file_hash"] },
    { on: ["created_at"] },
  ])

export default ImportRun
