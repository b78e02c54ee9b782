import { z } from "@medusajs/framework/zod"

/** `limit` and `offset` of a list route. */
export const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
})

export type Page = z.infer<typeof page>
