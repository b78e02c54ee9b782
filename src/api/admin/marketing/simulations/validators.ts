import { z } from "@medusajs/framework/zod"
import { text } from "../../../text"
import { page } from "../../page"
import { automationGuard, automationSettings, someId } from "../decisions/fields"

export const startSimulationBody = z.strictObject({
  automation_id: someId,
  days: z.number().int().min(1).max(90),
  versions: z
    .array(
      z.strictObject({
        label: text(120).optional(),
        settings: automationSettings.optional(),
        guard: automationGuard.optional(),
      }),
    )
    .min(1, "must hold one version, or two to compare; {} is the automation as it stands")
    .max(2, "must hold at most two versions"),
})
export type StartSimulationBody = z.infer<typeof startSimulationBody>

export const getSimulations = page.extend({ automation_id: someId.optional() })
export type GetSimulations = z.infer<typeof getSimulations>
