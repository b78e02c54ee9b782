import { z } from "@medusajs/framework/zod"
import { canaryPercent, changesSomething, modeName, rowVersion, share } from "../decisions/fields"

export const updateCapability = z
  .strictObject({
    mode: modeName.optional(),
    canary_percent: canaryPercent.optional(),
    holdout: share.optional(),
    version: rowVersion,
  })
  .refine(...changesSomething(["mode", "canary_percent", "holdout"]))
export type UpdateCapability = z.infer<typeof updateCapability>
