import { z } from "@medusajs/framework/zod"

export const startReplayBody = z.strictObject({
  days: z.number().int().min(7).max(90).default(28),
})
export type StartReplayBody = z.infer<typeof startReplayBody>
