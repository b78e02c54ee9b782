import { model } from "@medusajs/framework/utils"

/** The switchboard of a capability (`id`), or of the whole store ("store": only its kill switch is read). */
export const CapabilityState = model.define(
  { name: "CapabilityState", tableName: "marketing_capability_state" },
  {
    id: model.text().primaryKey(),
    mode: model.enum(["off", "shadow", "approve", "canary", "on"]).default("on"),
    canary_percent: model.number().default(10),
    holdout: model.float().default(0.05),
    killed_at: model.dateTime().nullable(),
    killed_by: model.text().nullable(),
    kill_reason: model.text().nullable(),
    /** A circuit breaker has moved it to shadow. */
    tripped_at: model.dateTime().nullable(),
    /** A guard reason: `{ code, data, until }`. */
    trip_reason: model.json().nullable(),
    version: model.number().default(1),
  },
)
