import { z } from "@medusajs/framework/zod"

export const listBackfills = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
})

export type ListBackfills = z.infer<typeof listBackfills>
