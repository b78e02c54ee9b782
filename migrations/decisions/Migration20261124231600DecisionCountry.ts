import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** The country a person was in when something was decided: what the guard puts off it looks at again under the same clock. */
export class Migration20261124231600DecisionCountry extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "marketing_decision" add column if not exists "country_code" text null;`)
  }

  override async down(): Promise<void> {
    this.addSql(`alter table "marketing_decision" drop column if exists "country_code";`)
  }
}
