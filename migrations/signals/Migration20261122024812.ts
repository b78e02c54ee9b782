import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122024812 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "marketing_backfill_run" ("id" text not null, "status" text check ("status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')) not null default 'queued', "step" text null, "done" integer not null default 0, "total" integer null, "recorded" integer not null default 0, "checkpoint" jsonb null, "error" text null, "started_at" timestamptz null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_backfill_run_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_backfill_run_status" ON "marketing_backfill_run" ("status") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_backfill_run_deleted_at" ON "marketing_backfill_run" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_cart_line" ("id" text not null, "cart_id" text not null, "quantity" integer not null default 0, "changes" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_cart_line_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_cart_line_cart_id" ON "marketing_cart_line" ("cart_id") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_cart_line_deleted_at" ON "marketing_cart_line" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_consent" ("id" text not null, "visitor_id" text null, "customer_id" text null, "purpose" text check ("purpose" in ('analytics', 'personalisation', 'marketing_email', 'marketing_sms', 'marketing_push')) not null, "granted" boolean not null, "source" text not null, "country_code" text null, "decided_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_consent_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_consent_deleted_at" ON "marketing_consent" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_consent_visitor_id_purpose" ON "marketing_consent" ("visitor_id", "purpose") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_consent_customer_id_purpose" ON "marketing_consent" ("customer_id", "purpose") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_consent_rule" ("id" text not null, "defaults" jsonb not null, "confirmed_at" timestamptz null, "confirmed_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_consent_rule_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_consent_rule_deleted_at" ON "marketing_consent_rule" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_erasure" ("id" text not null, "erased_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_erasure_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_erasure_deleted_at" ON "marketing_erasure" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_import_run" ("id" text not null, "slot" text not null default 'orders', "status" text check ("status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')) not null default 'queued', "step" text null, "done" integer not null default 0, "total" integer null, "unit" text not null default 'rows', "error" text null, "file_name" text not null, "file_hash" text not null, "file_path" text null, "source" text not null, "options" jsonb not null, "as_orders" boolean not null default false, "rows_read" integer not null default 0, "rows_imported" integer not null default 0, "rows_skipped" integer not null default 0, "rows_existing" integer not null default 0, "skipped_by_reason" jsonb not null, "products_created" integer not null default 0, "customers_created" integer not null default 0, "orders_created" integer not null default 0, "checkpoint" integer not null default 0, "timings" jsonb not null, "cancel_requested" boolean not null default false, "heartbeat_at" timestamptz null, "started_at" timestamptz null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_import_run_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_import_run_deleted_at" ON "marketing_import_run" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "UQ_marketing_import_run_under_way" ON "marketing_import_run" ("slot") WHERE status in ('queued', 'running') and deleted_at is null;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_import_run_file_hash" ON "marketing_import_run" ("file_hash") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_import_run_created_at" ON "marketing_import_run" ("created_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_import_skip" ("id" text not null, "import_id" text not null, "first_row" integer not null, "last_row" integer not null, "lines" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_import_skip_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_import_skip_deleted_at" ON "marketing_import_skip" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_import_skip_import_id_first_row" ON "marketing_import_skip" ("import_id", "first_row") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_setting" ("id" text not null, "value" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_setting_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_setting_deleted_at" ON "marketing_setting" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_visitor" ("id" text not null, "customer_id" text not null, "stitched_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_visitor_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_visitor_customer_id" ON "marketing_visitor" ("customer_id") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_visitor_deleted_at" ON "marketing_visitor" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_watermark" ("id" text not null, "changed_at" timestamptz null, "row_id" text null, "rows_changed" integer not null default 0, "seen" integer not null default 0, "reconciled" integer not null default 0, "counted_at" timestamptz null, "failures" integer not null default 0, "failed_at" timestamptz null, "failure" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_watermark_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_watermark_deleted_at" ON "marketing_watermark" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_backfill_run" cascade;`)

    this.addSql(`drop table if exists "marketing_cart_line" cascade;`)

    this.addSql(`drop table if exists "marketing_consent" cascade;`)

    this.addSql(`drop table if exists "marketing_consent_rule" cascade;`)

    this.addSql(`drop table if exists "marketing_erasure" cascade;`)

    this.addSql(`drop table if exists "marketing_import_run" cascade;`)

    this.addSql(`drop table if exists "marketing_import_skip" cascade;`)

    this.addSql(`drop table if exists "marketing_setting" cascade;`)

    this.addSql(`drop table if exists "marketing_visitor" cascade;`)

    this.addSql(`drop table if exists "marketing_watermark" cascade;`)
  }
}
