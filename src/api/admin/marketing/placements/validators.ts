import { z } from "@medusajs/framework/zod"
import { dayOf } from "../../../../modules/recommendations"
import {
  medusaId,
  placementContext,
  placementHandle,
  placementSettings,
  someSettings,
} from "./settings-schema"

export const createPlacement = someSettings.extend({
  name: placementSettings.name,
  handle: placementHandle,
  context: placementContext,
})
export type CreatePlacement = z.infer<typeof createPlacement>

export const updatePlacement = someSettings.extend({ version: z.number().int().min(1) })
export type UpdatePlacement = z.infer<typeof updatePlacement>

const countryCode = z.string().regex(/^[a-z]{2}$/i, "must be a two-letter country code")
const locale = z.string().min(2).max(20)

export const previewPlacement = z.strictObject({
  placement_id: medusaId,
  settings: someSettings.optional(),
  subject: z.strictObject({
    customer_id: medusaId.optional(),
    visitor_id: z.uuid("must be the visitor's UUID").optional(),
    product_id: medusaId.optional(),
    product_ids: z.array(medusaId).max(50, "must hold at most 50 ids").optional(),
    query: z.string().max(200).optional(),
    country_code: countryCode.optional(),
    region_id: medusaId.optional(),
    sales_channel_id: medusaId.optional(),
  }),
  limit: z.number().int().min(1).max(50).optional(),
  locale: locale.optional(),
})
export type PreviewPlacement = z.infer<typeof previewPlacement>

const DAY = 86_400_000
const LONGEST_SPAN = 366

const day = z.string().refine((value) => {
  // A day that its month does not have is read as one of the next month.
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : NaN
  return !Number.isNaN(at) && dayOf(at) === value
}, "must be a day of the calendar such as 2026-11-22")

export const getPerformance = z
  .strictObject({ from: day.optional(), to: day.optional(), placement: z.string().min(1).max(40).optional() })
  .superRefine(({ from, to }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message })
    if ((from === undefined) !== (to === undefined)) {
      return refuse(from === undefined ? "from" : "to", "is needed where the other end of the span is given")
    }
    if (from === undefined || to === undefined) return
    const days = (Date.parse(to) - Date.parse(from)) / DAY + 1
    if (days < 1) refuse("to", `must not be before from, ${from}, got ${to}`)
    if (days > LONGEST_SPAN) refuse("to", `must be within ${LONGEST_SPAN} days of from, got ${days} days`)
  })
export type GetPerformance = z.infer<typeof getPerformance>

export const getEmail = z.strictObject({
  customer_id: medusaId.optional(),
  locale: locale.optional(),
  region_id: medusaId.optional(),
  sales_channel_id: medusaId.optional(),
  limit: z.coerce.number().int().min(1).max(20).optional(),
})
export type GetEmail = z.infer<typeof getEmail>
