import { z } from "@medusajs/framework/zod"
import { CAPABILITIES } from "../../../../core/decisions"
import { text } from "../../../text"

export const setKillSwitch = z.strictObject({
  scope: z.enum(["store", ...CAPABILITIES]),
  killed: z.boolean(),
  reason: text(500).optional(),
})
export type SetKillSwitch = z.infer<typeof setKillSwitch>

export const withdrawPromises = z.strictObject({
  what: z.enum(["offers", "prices"]),
  count: z.number().int().min(0),
})
export type WithdrawPromises = z.infer<typeof withdrawPromises>
