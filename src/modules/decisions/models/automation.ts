import { model } from "@medusajs/framework/utils"

/** One automation: what it is set to, and how far it may go. Former settings are in `AutomationVersion`. */
export const Automation = model.define(
  { name: "Automation", tableName: "marketing_automation" },
  {
    id: model.id({ prefix: "mauto" }).primaryKey(),
    /** Names the code that proposes: "large_cart_left". */
    kind: model.text().index(),
    capability: model.text(),
    name: model.text(),
    mode: model.enum(["off", "shadow", "approve", "canary", "on"]).default("shadow"),
    canary_percent: model.number().default(10),
    /** Share of the units that stay without it, 0 to 0.5. */
    holdout: model.float().default(0),
    settings: model.json(),
    /** `{ cooldown_minutes, daily_limit }` */
    guard: model.json(),
    /** Grows with every change; that of settings or guard also adds a row of versions. */
    version: model.number().default(1),
  },
)
