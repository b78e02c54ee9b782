import { z } from "@medusajs/framework/zod"
import { page } from "../../page"

export const getAlerts = page.extend({
  open: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
})
export type GetAlerts = z.infer<typeof getAlerts>
