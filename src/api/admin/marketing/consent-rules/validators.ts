import { z } from "@medusajs/framework/zod"
import { PURPOSES, type Purpose } from "../../../../types/http/consents"

export const setConsentRule = z.strictObject({
  country_code: z
    .string()
    .regex(/^([a-z]{2}|\*)$/i, 'must be a two-letter country code, or "*" for all other countries')
    .transform((code) => code.toLowerCase()),
  defaults: z.strictObject(
    Object.fromEntries(PURPOSES.map((purpose) => [purpose, z.boolean().optional()])) as Record<
      Purpose,
      z.ZodOptional<z.ZodBoolean>
    >,
  ),
  confirmed: z.boolean(),
})

export type SetConsentRule = z.infer<typeof setConsentRule>
