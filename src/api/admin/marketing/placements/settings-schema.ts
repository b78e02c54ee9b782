import { z } from "@medusajs/framework/zod"
import {
  FILTER_FIELDS,
  PLACEMENT_CONTEXTS,
  STRATEGIES,
  type FilterField,
  type ProductFilter,
} from "../../../../types/http/placements"

const DEEPEST = 3
const MOST_CONDITIONS = 20
const MOST_IDS = 500

export const medusaId = z
  .string()
  .min(1)
  .max(64)
  .refine((value) => !value.includes("\u0000"), "contains a character that no id has")

const condition = z.strictObject({
  field: z.enum(Object.keys(FILTER_FIELDS) as [FilterField, ...FilterField[]]),
  operator: z.string().max(20),
  value: z.union([
    z.array(medusaId).max(MOST_IDS, `must hold at most ${MOST_IDS} ids`),
    z.string().max(200),
    z.number(),
    z.strictObject({ amount: z.number(), currency_code: z.string().length(3) }),
  ]),
})

const group = z.strictObject({
  combinator: z.enum(["and", "or"]),
  not: z.boolean().optional(),
  rules: z.array(z.unknown()).max(MOST_CONDITIONS, `must hold at most ${MOST_CONDITIONS} conditions`),
})

type Issue = { path: PropertyKey[]; message: string }

/** What is wrong with a group and the groups in it; `counted` adds up their conditions. */
function issuesOf(given: unknown, depth: number, counted: { conditions: number }): Issue[] {
  const isGroup = depth === 1 || (typeof given === "object" && given !== null && "rules" in given)
  if (!isGroup) counted.conditions++
  if (depth > DEEPEST && isGroup) {
    return [{ path: [], message: `groups may be nested at most ${DEEPEST} deep` }]
  }
  const read = (isGroup ? group : condition).safeParse(given)
  if (!read.success) return read.error.issues.map(({ path, message }) => ({ path, message }))
  if (!isGroup) return []
  return (read.data as ProductFilter).rules.flatMap((rule, i) =>
    issuesOf(rule, depth + 1, counted).map(({ path, message }) => ({ path: ["rules", i, ...path], message })),
  )
}

/** A filter: its form alone. Whether a field can be compared so is said when it is compiled. */
const filter = group
  .superRefine((given, context) => {
    const counted = { conditions: 0 }
    for (const issue of issuesOf(given, 1, counted)) context.addIssue({ code: "custom", ...issue })
    if (counted.conditions > MOST_CONDITIONS) {
      const message = `must hold at most ${MOST_CONDITIONS} conditions, got ${counted.conditions}`
      context.addIssue({ code: "custom", message })
    }
  })
  .transform((given) => given as ProductFilter)

const factor = z.number().min(1).max(10)
// `.strict()` and not strictObject: a type that is one literal marks what a browser may report.
const action = z.discriminatedUnion("type", [
  z
    .object({
      type: z.literal("pin"),
      product_ids: z.array(medusaId).min(1).max(50),
      position: z.number().int().min(1).max(50),
    })
    .strict(),
  z.object({ type: z.literal("boost"), factor }).strict(),
  z.object({ type: z.literal("bury"), factor }).strict(),
  z.object({ type: z.literal("hide") }).strict(),
  z.object({ type: z.literal("only") }).strict(),
])

const moment = z.iso
  .datetime({ offset: true, message: "must be an ISO 8601 time such as 2026-11-22T10:00:00Z" })
  .nullable()

const rule = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().max(120),
  enabled: z.boolean(),
  action,
  filter,
  starts_at: moment,
  ends_at: moment,
})

const strategy = z.enum(STRATEGIES)
const dial = z.number().min(0).max(1)

/** Every setting of a placement, each on its own; what holds between them is checked when they are saved. */
export const placementSettings = {
  name: z.string().min(1).max(120),
  enabled: z.boolean(),
  strategies: z
    .array(z.strictObject({ strategy, weight: z.number().min(0).max(10) }))
    .max(STRATEGIES.length, `must hold at most ${STRATEGIES.length} strategies`),
  fallback: z.array(strategy).max(STRATEGIES.length, `must hold at most ${STRATEGIES.length} strategies`),
  filter,
  rules: z.array(rule).max(50, "must hold at most 50 rules"),
  size: z.number().int().min(1).max(50),
  minimum: z.number().int().min(1).max(50),
  repeats: z.boolean(),
  exclude_bought: z.boolean(),
  exclude_returned_days: z.number().int().min(0).max(3650),
  diversity: dial,
  margin: dial,
  stock: dial,
  exploration: z.strictObject({ enabled: z.boolean(), floor: z.number().min(0.01).max(0.2) }),
}

export const someSettings = z.strictObject(placementSettings).partial()

export const placementHandle = z.string().regex(/^[a-z0-9_]{2,40}$/, "must be 2 to 40 of a-z, 0-9 and _")

export const placementContext = z.enum(PLACEMENT_CONTEXTS)
