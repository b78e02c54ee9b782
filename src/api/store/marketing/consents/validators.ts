import { z } from "@medusajs/framework/zod"
import { PURPOSES, type Purpose } from "../../../../types/http/consents"

const country_code = z.string().regex(/^[a-z]{2}$/i, "must be a two-letter country code")
const visitor_id = z.uuid("must be the visitor's UUID")

export const readConsent = z.strictObject({ visitor_id, country_code: country_code.optional() })

export const answerConsent = z.strictObject({
  visitor_id,
  country_code: country_code.optional(),
  purposes: z
    .strictObject(
      Object.fromEntries(PURPOSES.map((purpose) => [purpose, z.boolean().optional()])) as Record<
        Purpose,
        z.ZodOptional<z.ZodBoolean>
      >,
    )
    .refine(
      (purposes) => Object.keys(purposes).length > 0,
      `must name at least one of ${PURPOSES.join(", ")}`,
    ),
  source: z.string().min(1).max(60).optional(),
})

export type ReadConsent = z.infer<typeof readConsent>
export type AnswerConsent = z.infer<typeof answerConsent>
