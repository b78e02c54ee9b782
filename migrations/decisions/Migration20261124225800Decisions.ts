import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * What DML cannot say: rows that are written many at a time and keys of several columns. Money in minor units.
 *
 * marketing_decision is only added to: what is decided stays as it was written, but for the seal and an erased identity. What becomes of
 * it stands in marketing_delivery.
 */
export class Migration20261124225800Decisions extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      create table if not exists "marketing_decision" (
        "id" uuid not null primary key,
        "decided_at" timestamptz not null,
        "dedupe_key" text not null,
        "capability" text not null,
        "automation_id" text null,
        "automation_version" integer null,
        "model_id" text null,
        "subject_type" text not null,
        "subject_id" text null,
        "customer_id" text null,
        "visitor_id" text null,
        "country_code" text null,
        "unit" text null,
        "action_type" text not null,
        "channel" text null,
        "action" jsonb not null,
        "explanation" jsonb not null,
        "value_amount" bigint not null,
        "value_currency" text not null,
        "cost_amount" bigint not null,
        "cost_currency" text not null,
        "mode" text not null,
        "outcome" text not null,
        "verdict" jsonb not null,
        "held_out" text null,
        "experiment_id" text null,
        "arm" text null,
        "seal" integer null
      );`)
    this.addSql(
      `create unique index if not exists "UQ_marketing_decision_dedupe" on "marketing_decision" ("dedupe_key");`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_automation" on "marketing_decision" ("automation_id", "decided_at");`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_capability" on "marketing_decision" ("capability", "decided_at");`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_decided" on "marketing_decision" ("decided_at");`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_customer" on "marketing_decision" ("customer_id", "decided_at") where "customer_id" is not null;`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_visitor" on "marketing_decision" ("visitor_id", "decided_at") where "visitor_id" is not null;`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_subject" on "marketing_decision" ("subject_id", "subject_type", "decided_at") where "subject_id" is not null;`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_decision_unsealed" on "marketing_decision" ("id") where "seal" is null;`,
    )

    this.addSql(`
      create table if not exists "marketing_delivery" (
        "decision_id" uuid not null primary key,
        "status" text not null,
        "deliver_after" timestamptz not null,
        "expires_at" timestamptz not null,
        "attempts" integer not null default 0,
        "claimed_by" text null,
        "claimed_until" timestamptz null,
        "delivered_at" timestamptz null,
        "settled_amount" bigint null,
        "error" text null,
        "decided_by" text null,
        "verdict" jsonb null,
        "updated_at" timestamptz not null default now()
      );`)
    this.addSql(
      `create index if not exists "IDX_marketing_delivery_due" on "marketing_delivery" ("deliver_after") where "status" in ('queued', 'deferred', 'delivering', 'waiting_approval');`,
    )
    this.addSql(
      `create index if not exists "IDX_marketing_delivery_status" on "marketing_delivery" ("status", "deliver_after") where "status" <> 'delivered';`,
    )

    // The running sums that a decision is held against, and the entries that they are the sums of.
    this.addSql(`
      create table if not exists "marketing_budget_use" (
        "budget_id" text not null,
        "scope_key" text not null,
        "period_start" timestamptz not null,
        "reserved" bigint not null default 0,
        "settled" bigint not null default 0,
        primary key ("budget_id", "scope_key", "period_start"));`)
    this.addSql(`
      create table if not exists "marketing_budget_entry" (
        "decision_id" uuid not null,
        "budget_id" text not null,
        "kind" text not null,
        "scope_key" text not null,
        "period_start" timestamptz not null,
        "amount" bigint not null,
        "at" timestamptz not null default now(),
        primary key ("decision_id", "budget_id", "kind"));`)

    // Cost decided by minute: what the circuit breaker compares with the store's normal.
    this.addSql(`
      create table if not exists "marketing_liability" (
        "capability" text not null,
        "currency_code" text not null,
        "minute" timestamptz not null,
        "amount" bigint not null,
        "acts" integer not null,
        primary key ("capability", "currency_code", "minute"));`)

    // How far a reader of the log has come, and what it knows of each key (a cart) until that is due.
    this.addSql(`
      create table if not exists "marketing_cursor" (
        "reader" text not null primary key,
        "received_at" timestamptz not null,
        "event_id" uuid not null,
        "caught_up_at" timestamptz null);`)
    this.addSql(`
      create table if not exists "marketing_watch" (
        "automation_id" text not null,
        "key" text not null,
        "state" jsonb not null,
        "due_at" timestamptz null,
        "updated_at" timestamptz not null default now(),
        primary key ("automation_id", "key"));`)
    this.addSql(
      `create index if not exists "IDX_marketing_watch_due" on "marketing_watch" ("due_at") where "due_at" is not null;`,
    )

    this.addSql(`
      create table if not exists "marketing_audit" (
        "number" integer not null primary key,
        "at" timestamptz not null,
        "actor_id" text not null,
        "action" text not null,
        "target" text not null,
        "before" jsonb null,
        "after" jsonb null,
        "former_hash" text not null,
        "hash" text not null);`)
    this.addSql(
      `create index if not exists "IDX_marketing_audit_target" on "marketing_audit" ("target", "number");`,
    )
    this.addSql(`
      create table if not exists "marketing_seal" (
        "number" integer not null primary key,
        "sealed_at" timestamptz not null,
        "decisions" integer not null,
        "former_hash" text not null,
        "hash" text not null,
        "kept" integer null,
        "kept_hash" text null);`)
    this.addSql(
      `create index if not exists "IDX_marketing_decision_seal" on "marketing_decision" ("seal", "id") where "seal" is not null;`,
    )

    // Under which name a customer is assigned: that of the browser they came with, if it had met a difference before.
    this.addSql(`
      create table if not exists "marketing_unit" (
        "customer_id" text not null primary key,
        "unit" text not null,
        "assigned_at" timestamptz not null default now());`)
    this.addSql(`create index if not exists "IDX_marketing_unit_unit" on "marketing_unit" ("unit");`)
    // The first real difference that a unit met in an experiment ("mexp_…", "global", "capability:offers", "automation:mauto_…").
    this.addSql(`
      create table if not exists "marketing_exposure" (
        "experiment_id" text not null,
        "unit" text not null,
        "arm" text not null,
        "exposed_at" timestamptz not null,
        "country_code" text null,
        primary key ("experiment_id", "unit"));`)
    this.addSql(`create index if not exists "IDX_marketing_exposure_unit" on "marketing_exposure" ("unit");`)
  }

  override async down(): Promise<void> {
    for (const table of [
      "exposure",
      "unit",
      "seal",
      "audit",
      "watch",
      "cursor",
      "liability",
      "budget_entry",
      "budget_use",
      "delivery",
      "decision",
    ]) {
      this.addSql(`drop table if exists "marketing_${table}";`)
    }
  }
}
