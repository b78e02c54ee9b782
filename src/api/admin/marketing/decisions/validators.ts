import { z } from "@medusajs/framework/zod"
import { OUTCOMES } from "../../../../core/decisions"
import { text } from "../../../text"
import { page } from "../../page"
import { capabilityName, momentOrDay, someId } from "./fields"

const STATUSES = [
  "waiting_approval",
  "deferred",
  "queued",
  "delivering",
  "delivered",
  "failed",
  "expired",
  "rejected",
  "blocked",
  "withdrawn",
] as const

/** Keys of all pages up to the one asked for are read where two logs are merged. */
const FURTHEST = 10_000

export const getDecisions = page
  .extend({
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .max(FURTHEST, `must be at most ${FURTHEST}: narrow the list with from and to instead`)
      .default(0),
    order: z.enum(["decided_at", "-decided_at"]).default("-decided_at"),
    capability: capabilityName.optional(),
    automation_id: someId.optional(),
    outcome: z.enum(OUTCOMES).optional(),
    status: z.enum(STATUSES).optional(),
    customer_id: someId.optional(),
    visitor_id: z.uuid("must be the visitor's UUID").optional(),
    order_id: someId.optional(),
    cart_id: someId.optional(),
    subject_id: someId.optional(),
    from: momentOrDay.optional(),
    to: momentOrDay.optional(),
    weight: z.enum(["light", "heavy"]).optional(),
  })
  .superRefine(({ weight, customer_id, visitor_id, order_id, from, to }, context) => {
    if (weight === "light" && !customer_id && !visitor_id && !order_id) {
      const message =
        "light needs customer_id, visitor_id or order_id: shelves are found by whom they were for"
      context.addIssue({ code: "custom", path: ["weight"], message })
    }
    if (from && to && Date.parse(to) <= Date.parse(from)) {
      context.addIssue({
        code: "custom",
        path: ["to"],
        message: `must be later than from, ${from}, got ${to}`,
      })
    }
  })
export type GetDecisions = z.infer<typeof getDecisions>

export const getTotals = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(28) })
export type GetTotals = z.infer<typeof getTotals>

const MOST_AT_ONCE = 500

const ids = z
  .array(z.guid("must be a decision's id, a UUID"))
  .min(1, "must hold at least one id")
  .max(MOST_AT_ONCE, `must hold at most ${MOST_AT_ONCE} ids`)

/** Of `approve` and `reject` alike. */
export const decideOn = z.strictObject({ ids, reason: text(500, 1).optional() })
export type DecideOn = z.infer<typeof decideOn>
