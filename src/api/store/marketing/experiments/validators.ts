import { z } from "@medusajs/framework/zod"

const visitor_id = z.uuid("must be the visitor's UUID")

export const getStoreExperiments = z.strictObject({ visitor_id })
export type GetStoreExperiments = z.infer<typeof getStoreExperiments>

export const noteExposure = z.strictObject({
  visitor_id,
  key: z.string().min(1).max(64),
  country_code: z
    .string()
    .regex(/^[a-z]{2}$/i, "must be a two-letter country code")
    .optional(),
})
export type NoteExposure = z.infer<typeof noteExposure>
