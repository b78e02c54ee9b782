import { z } from "@medusajs/framework/zod"
import { CAPABILITIES, MODES } from "../../../../core/decisions"

/** Parts of queries and bodies that the routes of decisions share. */

export const someId = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => !value.includes("\u0000"), "contains a character that no id has")

export const capabilityName = z.enum(CAPABILITIES)

export const modeName = z.enum(MODES)

export const share = z.number().min(0).max(0.5, "must be from 0 to 0.5: half at most can stay without it")

export const canaryPercent = z.number().int().min(1).max(99)

export const rowVersion = z.number().int().min(1)

export const moment = z.iso.datetime({
  offset: true,
  message: "must be an ISO 8601 time with its zone such as 2026-11-22T10:00:00Z",
})

const day = z.iso.date()

/** `from` and `to` of a query: a time, or the day (UTC) that begins then. */
export const momentOrDay = z
  .string()
  .refine(
    (value) => moment.safeParse(value).success || day.safeParse(value).success,
    "must be a day such as 2026-11-22 or an ISO 8601 time with its zone such as 2026-11-22T10:00:00Z",
  )

export const subject = z.strictObject({
  type: z.enum(["customer", "visitor", "variant", "order", "cart"]),
  id: someId,
})

export const automationGuard = z.strictObject({
  cooldown_minutes: z
    .number()
    .int()
    .min(0)
    .max(60 * 24 * 366)
    .optional(),
  daily_limit: z.number().int().min(1).max(1_000_000_000).nullable().optional(),
})

/** A kind of automation checks these itself. */
export const automationSettings = z.record(z.string().max(80), z.unknown())

/** Refuses a body in which nothing is to change. */
export function changesSomething(fields: readonly string[]) {
  return [
    (body: Record<string, unknown>) => fields.some((field) => body[field] !== undefined),
    `must change at least one of ${fields.join(", ")}`,
  ] as const
}
