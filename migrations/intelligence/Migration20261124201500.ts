import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261124201500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "marketing_replay" ("id" text not null, "kind" text not null, "model_id" text not null, "against_id" text not null, "days" integer not null, "status" text check ("status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')) not null default 'running', "step" text null, "done" integer not null default 0, "total" integer null, "error" text null, "metrics" jsonb null, "started_at" timestamptz not null, "heartbeat_at" timestamptz not null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_replay_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_replay_model_id" ON "marketing_replay" ("model_id") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_replay_deleted_at" ON "marketing_replay" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_replay_kind_unique" ON "marketing_replay" ("kind") WHERE status = 'running' AND deleted_at IS NULL;`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_replay" cascade;`)
  }
}
