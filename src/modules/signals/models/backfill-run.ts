import { model } from "@medusajs/framework/utils"

/** One back-fill of the log from the rows that Medusa already had: its progress, and where to go on after a crash. */
export const BackfillRun = model.define(
  { name: "BackfillRun", tableName: "marketing_backfill_run" },
  {
    id: model.id({ prefix: "mbackfill" }).primaryKey(),
    status: model.enum(["queued", "running", "succeeded", "failed", "cancelled"]).default("queued").index(),
    /** i18n key of the `marketing` namespace. */
    step: model.text().nullable(),
    done: model.number().default(0),
    total: model.number().nullable(),
    /** Events that this run added to the log; those already there do not count. */
    recorded: model.number().default(0),
    /** `{ kind, changed_at, id }` of the last page that is in the log; null at the start. */
    checkpoint: model.json().nullable(),
    error: model.text().nullable(),
    started_at: model.dateTime().nullable(),
    finished_at: model.dateTime().nullable(),
  },
)
