import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261124233000PlannedUnits extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "marketing_experiment" add column if not exists "planned_units" integer null;`,
    )
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "marketing_experiment" drop column if exists "planned_units";`)
  }
}
