import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * The event log. DML knows no partitions, so this table is raw: one partition a month of the id's time
 * (UUIDv7), made by the signals module as months come into use. The id alone is the primary key.
 */
export class Migration20261101000000EventLog extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      create table if not exists "marketing_event" (
        "id" uuid not null primary key,
        "occurred_at" timestamptz not null,
        "received_at" timestamptz not null default now(),
        "type" text not null,
        "source" text not null,
        "visitor_id" uuid null,
        "session_id" uuid null,
        "customer_id" text null,
        "product_id" text null,
        "order_id" text null,
        "cart_id" text null,
        "decision_id" uuid null,
        "data" jsonb not null
      ) partition by range ("id");`)
    // For exporting and erasing a person, and for following a decision to its outcome.
    this.addSql(
      `create index if not exists "IDX_marketing_event_visitor" on "marketing_event" ("visitor_id") where "visitor_id" is not null;`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_event_customer" on "marketing_event" ("customer_id") where "customer_id" is not null;`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_event_decision" on "marketing_event" ("decision_id") where "decision_id" is not null;`,
    )
    // Rows arrive in this order, so a block range index costs almost nothing: events a minute, coverage of a day.
    this.addSql(
      `create index if not exists "IDX_marketing_event_received" on "marketing_event" using brin ("received_at");`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_event";`)
  }
}
