import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** The bytes of trained models in pieces; DML knows no bytea. */
export class Migration20261101000001ModelChunk extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      create table if not exists "marketing_model_chunk" (
        "model_id" text not null,
        "n" integer not null,
        "bytes" bytea not null,
        primary key ("model_id", "n")
      );`)
    // A trained model is compressed already as far as it can be: leave out the second try.
    this.addSql(`alter table "marketing_model_chunk" alter column "bytes" set storage external;`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "marketing_model_chunk";`)
  }
}
