import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261124225710 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "marketing_simulation" drop constraint if exists "marketing_simulation_automation_id_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_hold" drop constraint if exists "marketing_hold_kind_reference_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_experiment_result" drop constraint if exists "marketing_experiment_result_experiment_id_day_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_experiment" drop constraint if exists "marketing_experiment_target_type_target_id_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_automation_version" drop constraint if exists "marketing_automation_version_automation_id_version_unique";`,
    )
    this.addSql(
      `alter table if exists "marketing_alert" drop constraint if exists "marketing_alert_reference_unique";`,
    )
    this.addSql(
      `create table if not exists "marketing_alert" ("id" text not null, "level" text check ("level" in ('info', 'warning', 'error')) not null, "key" text not null, "data" jsonb not null, "capability" text null, "decision_id" text null, "reference" text not null, "resolved_at" timestamptz null, "resolved_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_alert_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_alert_deleted_at" ON "marketing_alert" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_alert_reference_unique" ON "marketing_alert" ("reference") WHERE resolved_at IS NULL AND deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_alert_created_at" ON "marketing_alert" ("created_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_automation" ("id" text not null, "kind" text not null, "capability" text not null, "name" text not null, "mode" text check ("mode" in ('off', 'shadow', 'approve', 'canary', 'on')) not null default 'shadow', "canary_percent" integer not null default 10, "holdout" real not null default 0, "settings" jsonb not null, "guard" jsonb not null, "version" integer not null default 1, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_automation_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_automation_kind" ON "marketing_automation" ("kind") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_automation_deleted_at" ON "marketing_automation" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_automation_version" ("id" text not null, "automation_id" text not null, "version" integer not null, "settings" jsonb not null, "guard" jsonb not null, "created_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_automation_version_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_automation_version_deleted_at" ON "marketing_automation_version" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_automation_version_automation_id_version_unique" ON "marketing_automation_version" ("automation_id", "version") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_budget" ("id" text not null, "scope" text check ("scope" in ('store', 'capability', 'automation')) not null, "scope_id" text not null default '', "per_subject" boolean not null default false, "period" text check ("period" in ('hour', 'day', 'week', 'month', 'total')) not null, "kind" text check ("kind" in ('money', 'count')) not null, "currency_code" text null, "amount" numeric not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_budget_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_budget_deleted_at" ON "marketing_budget" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_budget_scope_scope_id" ON "marketing_budget" ("scope", "scope_id") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_capability_state" ("id" text not null, "mode" text check ("mode" in ('off', 'shadow', 'approve', 'canary', 'on')) not null default 'on', "canary_percent" integer not null default 10, "holdout" real not null default 0.05, "killed_at" timestamptz null, "killed_by" text null, "kill_reason" text null, "tripped_at" timestamptz null, "trip_reason" jsonb null, "version" integer not null default 1, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_capability_state_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_capability_state_deleted_at" ON "marketing_capability_state" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_experiment" ("id" text not null, "name" text not null, "hypothesis" text not null default '', "status" text check ("status" in ('draft', 'running', 'stopped')) not null default 'draft', "target_type" text check ("target_type" in ('automation', 'placement', 'storefront')) not null, "target_id" text not null, "arms" jsonb not null, "traffic" real not null default 1, "primary_metric" text not null, "metrics" jsonb not null, "currency_code" text not null, "minimum_effect" real not null, "planned_days" integer not null, "planned_units" integer null, "covariate_days" integer not null default 90, "started_at" timestamptz null, "stopped_at" timestamptz null, "conclusion" jsonb null, "version" integer not null default 1, "created_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_experiment_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_experiment_deleted_at" ON "marketing_experiment" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_experiment_status" ON "marketing_experiment" ("status") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_experiment_target_type_target_id_unique" ON "marketing_experiment" ("target_type", "target_id") WHERE status = 'running' AND deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_experiment_result" ("id" text not null, "experiment_id" text not null, "day" text not null, "measured_at" timestamptz not null, "result" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_experiment_result_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_experiment_result_deleted_at" ON "marketing_experiment_result" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_experiment_result_experiment_id_day_unique" ON "marketing_experiment_result" ("experiment_id", "day") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_guard_setting" ("id" text not null, "value" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_guard_setting_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_guard_setting_deleted_at" ON "marketing_guard_setting" ("deleted_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_hold" ("id" text not null, "subject_type" text not null, "subject_id" text not null, "kind" text check ("kind" in ('complaint', 'return', 'risk')) not null, "reference" text not null, "opened_at" timestamptz not null, "closed_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_hold_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_hold_deleted_at" ON "marketing_hold" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_hold_subject_type_subject_id" ON "marketing_hold" ("subject_type", "subject_id") WHERE closed_at IS NULL AND deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_hold_kind_reference_unique" ON "marketing_hold" ("kind", "reference") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_simulation" ("id" text not null, "automation_id" text not null, "days" integer not null, "versions" jsonb not null, "status" text check ("status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')) not null default 'running', "step" text null, "done" integer not null default 0, "total" integer null, "events" integer not null default 0, "error" text null, "outcomes" jsonb null, "cancel_requested" boolean not null default false, "started_at" timestamptz not null, "heartbeat_at" timestamptz not null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_simulation_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_simulation_deleted_at" ON "marketing_simulation" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_marketing_simulation_automation_id_unique" ON "marketing_simulation" ("automation_id") WHERE status = 'running' AND deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_simulation_created_at" ON "marketing_simulation" ("created_at") WHERE deleted_at IS NULL;`,
    )

    this.addSql(
      `create table if not exists "marketing_snooze" ("id" text not null, "automation_id" text not null, "subject_type" text not null, "subject_id" text not null, "until" timestamptz not null, "created_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "marketing_snooze_pkey" primary key ("id"));`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_snooze_deleted_at" ON "marketing_snooze" ("deleted_at") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_snooze_subject_type_subject_id" ON "marketing_snooze" ("subject_type", "subject_id") WHERE deleted_at IS NULL;`,
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_marketing_snooze_automation_id" ON "marketing_snooze" ("automation_id") WHERE deleted_at IS NULL;`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_alert" cascade;`)

    this.addSql(`drop table if exists "marketing_automation" cascade;`)

    this.addSql(`drop table if exists "marketing_automation_version" cascade;`)

    this.addSql(`drop table if exists "marketing_budget" cascade;`)

    this.addSql(`drop table if exists "marketing_capability_state" cascade;`)

    this.addSql(`drop table if exists "marketing_experiment" cascade;`)

    this.addSql(`drop table if exists "marketing_experiment_result" cascade;`)

    this.addSql(`drop table if exists "marketing_guard_setting" cascade;`)

    this.addSql(`drop table if exists "marketing_hold" cascade;`)

    this.addSql(`drop table if exists "marketing_simulation" cascade;`)

    this.addSql(`drop table if exists "marketing_snooze" cascade;`)
  }
}
