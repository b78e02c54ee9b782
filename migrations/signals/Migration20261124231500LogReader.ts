import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Readers of the log ask for what was received since a moment ago. Ranges of 128 pages (the default) would have them read a thousand
 * rows and more for a handful, and a range that nobody has summarised yet is read whole each time.
 *
 * Making it anew is one pass over the log, in the upgrade's transaction: writers of events wait for 0.2 s a million rows (313 MB that lie
 * in memory, two cores; from a disk as long as reading it takes).
 */
export class Migration20261124231500LogReader extends Migration {
  override async up(): Promise<void> {
    this.addSql(`drop index if exists "IDX_marketing_event_received";`)
    this.addSql(
      `create index "IDX_marketing_event_received" on "marketing_event" using brin ("received_at") with (pages_per_range = 8, autosummarize = on);`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_marketing_event_received";`)
    this.addSql(
      `create index "IDX_marketing_event_received" on "marketing_event" using brin ("received_at");`,
    )
  }
}
