import { z } from "@medusajs/framework/zod"
import { text } from "../../../text"
import {
  automationGuard,
  automationSettings,
  canaryPercent,
  changesSomething,
  modeName,
  rowVersion,
  share,
} from "../decisions/fields"

export const updateAutomation = z
  .strictObject({
    name: text(120, 1).optional(),
    settings: automationSettings.optional(),
    guard: automationGuard.optional(),
    mode: modeName.optional(),
    canary_percent: canaryPercent.optional(),
    holdout: share.optional(),
    version: rowVersion,
  })
  .refine(...changesSomething(["name", "settings", "guard", "mode", "canary_percent", "holdout"]))
export type UpdateAutomation = z.infer<typeof updateAutomation>
