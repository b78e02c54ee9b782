import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * What shelves did, by day (UTC) of the answer: counts without a person, recomputed from the log for its last days and kept
 * when the log's own rows are dropped. Keys of several columns are more than DML can say.
 */
export class Migration20261124000000ShelfFigures extends Migration {
  override async up(): Promise<void> {
    const counts = `
      "served" integer not null,
      "impressions" integer not null,
      "clicks" integer not null,
      "orders" integer not null`
    const money = `
      "currency_code" text not null,
      "amount" double precision not null,
      "seen_amount" double precision not null,
      "seen_squares" double precision not null`
    this.addSql(`
      create table if not exists "marketing_shelf_figure" (
        "day" date not null, "placement" text not null, "arm" text not null, ${counts},
        primary key ("day", "placement", "arm"));`)
    this.addSql(`
      create table if not exists "marketing_shelf_revenue" (
        "day" date not null, "placement" text not null, "arm" text not null, ${money},
        primary key ("day", "placement", "arm", "currency_code"));`)
    this.addSql(`
      create table if not exists "marketing_shelf_product" (
        "day" date not null, "product_id" text not null, ${counts},
        primary key ("product_id", "day"));`)
    this.addSql(`
      create table if not exists "marketing_shelf_product_revenue" (
        "day" date not null, "product_id" text not null, ${money},
        primary key ("product_id", "day", "currency_code"));`)
    // For exchanging the last days and dropping old ones; rows of a day are written together.
    for (const table of ["marketing_shelf_product", "marketing_shelf_product_revenue"]) {
      this.addSql(`create index if not exists "IDX_${table}_day" on "${table}" using brin ("day");`)
    }
    this.addSql(
      `create table if not exists "marketing_shelf_refresh" ("id" integer primary key, "refreshed_at" timestamptz not null);`,
    )
  }

  override async down(): Promise<void> {
    for (const table of ["figure", "revenue", "product", "product_revenue", "refresh"]) {
      this.addSql(`drop table if exists "marketing_shelf_${table}";`)
    }
  }
}
