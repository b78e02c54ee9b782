import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261124200532 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "marketing_placement" drop constraint if exists "marketing_placement_handle_unique";`,
    )
    this.addSql(
      `create table if not exists "marketing_placement" ("id" text not null, "handle" text not null, "context" text check ("context" in ('none', 'product', 'cart', 'products', 'search')) not null, "shipped" boolean not null default false, "settings" jsonb not null, "version" integer not null default 1, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_placement_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_placement_handle_unique" ON "marketing_placement" ("handle") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_placement_deleted_at" ON "marketing_placement" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_placement" cascade;`)
  }
}
