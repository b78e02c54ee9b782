import { z } from "@medusajs/framework/zod"

const DAY = 86_400_000
const LONGEST_SPAN = 366

const day = z.iso.date("must be a day of the calendar such as 2026-11-22")

export const getImpact = z
  .strictObject({ from: day.optional(), to: day.optional() })
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
export type GetImpact = z.infer<typeof getImpact>
