import { z } from "@medusajs/framework/zod"
import { METRIC_NAMES } from "../../../../core/decisions/experiment"
import { text } from "../../../text"
import { describe } from "../../../validate"
import { page } from "../../page"
import { rowVersion, someId } from "../decisions/fields"
import { someSettings } from "../placements/settings-schema"

/** Bytes of what a storefront is given in one arm. */
const MOST_SETTINGS = 10_000

const target = z.strictObject({ type: z.enum(["automation", "placement", "storefront"]), id: someId })

const arm = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "must be 1 to 40 of a-z, 0-9, - and _"),
  name: text(120, 1),
  weight: z.number().min(0.01).max(100),
  settings: z.record(z.string().max(80), z.unknown()).nullable(),
  off: z.boolean(),
})

const metric = z.enum(METRIC_NAMES)
const currency_code = z.string().regex(/^[a-z]{3}$/, "must be three lower-case letters such as eur")
const traffic = z.number().min(0.01).max(1)
const minimum_effect = z.number().min(0.001).max(10)
const covariate_days = z.number().int().min(0).max(365)

const fields = {
  name: text(120, 1),
  hypothesis: text(2000).optional(),
  target,
  arms: z.array(arm).min(2, "must hold a control and at least one other arm").max(10),
  traffic,
  primary_metric: metric,
  metrics: z.array(metric).min(1).max(METRIC_NAMES.length),
  currency_code,
  minimum_effect,
  planned_days: z.number().int().min(1).max(365),
  covariate_days,
}

interface Checked {
  target: z.infer<typeof target>
  arms: z.infer<typeof arm>[]
}

/** Settings of a placement have the form of a placement's; what an automation takes, its kind says. */
function checkSettings(given: Checked, context: z.RefinementCtx): void {
  given.arms.forEach(({ settings }, i) => {
    if (settings === null) return
    const at = ["arms", i, "settings"]
    if (JSON.stringify(settings).length > MOST_SETTINGS) {
      context.addIssue({ code: "custom", path: at, message: `must hold at most ${MOST_SETTINGS} characters` })
    }
    if (given.target.type !== "placement") return
    const read = someSettings.safeParse(settings)
    if (!read.success) context.addIssue({ code: "custom", path: at, message: describe(read.error) })
  })
}

export const createExperiment = z.strictObject(fields).superRefine(checkSettings)
export type CreateExperiment = z.infer<typeof createExperiment>

/** The whole draft as it is to be. */
export const updateExperiment = z.strictObject({ ...fields, version: rowVersion }).superRefine(checkSettings)
export type UpdateExperiment = z.infer<typeof updateExperiment>

export const getExperiments = page.extend({ status: z.enum(["draft", "running", "stopped"]).optional() })
export type GetExperiments = z.infer<typeof getExperiments>

export const stopExperiment = z.strictObject({
  shipped_arm: z.string().max(40).nullable(),
  note: text(2000).optional(),
})
export type StopExperiment = z.infer<typeof stopExperiment>

export const planExperiment = z.strictObject({
  target,
  primary_metric: metric,
  currency_code,
  weights: z.array(z.number().min(0.01).max(100)).min(2).max(10),
  traffic,
  minimum_effect,
  covariate_days,
})
export type PlanExperiment = z.infer<typeof planExperiment>
