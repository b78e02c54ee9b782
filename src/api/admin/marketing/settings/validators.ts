import { z } from "@medusajs/framework/zod"

export const changeSettings = z
  .strictObject({
    browsing_months: z.number().int().min(1).max(60).optional(),
    commerce_months: z.number().int().min(1).max(240).nullable().optional(),
  })
  .refine(
    (settings) => Object.keys(settings).length > 0,
    "must change at least one of browsing_months, commerce_months",
  )

export type ChangeSettings = z.infer<typeof changeSettings>
