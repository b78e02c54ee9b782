import { z } from "@medusajs/framework/zod"
import { toMinor } from "../../../../core/decisions"
import { changesSomething, share } from "../decisions/fields"

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a local time "HH:MM" from 00:00 to 23:59')

const quietHours = z
  .strictObject({ from: clock, to: clock })
  .refine(({ from, to }) => from !== to, "from and to must differ; null means that no hours are quiet")

const caps = z
  .array(
    z.strictObject({
      most: z.number().int().min(1).max(1000),
      per: z.enum(["hour", "day", "week", "month"]),
    }),
  )
  .max(4, "must hold at most 4 caps, one a span")
  .refine(
    (given) => new Set(given.map(({ per }) => per)).size === given.length,
    "must hold at most one cap a span",
  )

const times = z.number().min(1.1, "must be at least 1.1 times the normal").max(1000)

const minimum = z
  .record(z.string().regex(/^[a-z]{3}$/, 'must be a currency such as "eur"'), z.number().min(0))
  .superRefine((given, context) => {
    for (const [currency, amount] of Object.entries(given)) {
      try {
        toMinor(amount, currency)
      } catch (error) {
        context.addIssue({ code: "custom", path: [currency], message: (error as Error).message })
      }
    }
  })

const breaker = z.strictObject({
  enabled: z.boolean(),
  minute_times: times,
  hour_times: times,
  minimum,
})

/** A name of the IANA's data base; offsets such as "+01:00" know no summer time. */
const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: name })
      return /^[A-Za-z]/.test(name)
    } catch {
      return false
    }
  }, 'must be an IANA time zone such as "Europe/Berlin" or "UTC"')

export const updateGuard = z
  .strictObject({
    quiet_hours: quietHours.nullable().optional(),
    caps: caps.optional(),
    approval_hours: z.number().int().min(1).max(720).optional(),
    breaker: breaker.optional(),
    global_holdout: share.optional(),
    time_zone: timeZone.optional(),
  })
  .refine(
    ...changesSomething(["quiet_hours", "caps", "approval_hours", "breaker", "global_holdout", "time_zone"]),
  )
export type UpdateGuard = z.infer<typeof updateGuard>
