import { z } from "@medusajs/framework/zod"
import { PERIODS } from "../../../../core/decisions"
import { someId } from "../decisions/fields"

const limit = z.number().gt(0, "must be more than 0: to stop something, switch it off")

export const createBudget = z.strictObject({
  scope: z.enum(["store", "capability", "automation"]),
  scope_id: someId.optional(),
  per_subject: z.boolean().default(false),
  period: z.enum(PERIODS),
  kind: z.enum(["money", "count"]),
  currency_code: z
    .string()
    .regex(/^[a-z]{3}$/, 'must be a currency in lower case such as "eur"')
    .optional(),
  limit,
})
export type CreateBudget = z.infer<typeof createBudget>

export const updateBudget = z.strictObject({ limit })
export type UpdateBudget = z.infer<typeof updateBudget>
