import { z } from "@medusajs/framework/zod"
import { CAPABILITIES } from "../../../../core/decisions"

export const setKillSwitch = z.strictObject({
  scope: z.enum(["store", ...CAPABILITIES]),
  killed: z.boolean(),
  reason: z.string().trim().max(500).optional(),
})
export type SetKillSwitch = z.infer<typeof setKillSwitch>

export const withdrawPromises = z.strictObject({
  what: z.enum(["offers", "prices"]),
  count: z.number().int().min(0),
})
export type WithdrawPromises = z.infer<typeof withdrawPromises>
