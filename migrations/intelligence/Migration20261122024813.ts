import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122024813 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "marketing_training_run" drop constraint if exists "marketing_training_run_kind_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_model" drop constraint if exists "marketing_model_kind_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_model" drop constraint if exists "marketing_model_kind_version_unique";`,
    )
    this.addSql(
      `create table if not exists "marketing_model" ("id" text not null, "kind" text not null, "version" integer not null, "status" text check ("status" in ('candidate', 'active', 'retired', 'rejected')) not null default 'candidate', "metrics" jsonb not null, "verdict" text null, "products" integer not null default 0, "orders" integer not null default 0, "events" integer not null default 0, "bytes" integer not null default 0, "trained_at" timestamptz not null, "training_ms" integer not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_model_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_model_deleted_at" ON "marketing_model" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_model_kind_version_unique" ON "marketing_model" ("kind", "version") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_model_kind_unique" ON "marketing_model" ("kind") WHERE status = 'active' AND deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_training_run" ("id" text not null, "kind" text not null, "status" text check ("status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')) not null default 'running', "step" text null, "done" integer not null default 0, "total" integer null, "error" text null, "model_id" text null, "started_at" timestamptz not null, "heartbeat_at" timestamptz not null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_training_run_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_training_run_deleted_at" ON "marketing_training_run" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_training_run_kind_unique" ON "marketing_training_run" ("kind") WHERE status = 'running' AND deleted_at IS NULL;`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_model" cascade;`)

    this.addSql(`drop table if exists "marketing_training_run" cascade;`)
  }
}
