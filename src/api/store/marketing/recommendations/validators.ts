import { z } from "@medusajs/framework/zod"

const medusaId = z
  .string()
  .min(1)
  .max(64)
  .refine((value) => !value.includes("\u0000"), "contains a character that no id has")

/** What of a product a shelf may show. Metadata stays out: a store may keep its costs there. */
export const PRODUCT_FIELDS = [
  "id",
  "title",
  "subtitle",
  "description",
  "handle",
  "thumbnail",
  "collection_id",
  "type_id",
  "created_at",
  "images.id",
  "images.url",
  "tags.id",
  "tags.value",
  "categories.id",
  "categories.name",
  "categories.handle",
  "variants.id",
  "variants.title",
  "variants.sku",
  "variants.calculated_price",
] as const

export const DEFAULT_FIELDS = [
  "id",
  "title",
  "handle",
  "thumbnail",
  "variants.id",
  "variants.title",
  "variants.calculated_price",
]

const fields = z
  .string()
  .max(500)
  .transform((value) =>
    value === "default" ? DEFAULT_FIELDS : value.split(",").map((field) => field.trim().replace(/^[+*]/, "")),
  )
  .superRefine((names, context) => {
    const unknown = names.filter((name) => !(PRODUCT_FIELDS as readonly string[]).includes(name))
    if (unknown.length > 0) {
      context.addIssue({
        code: "custom",
        message: `${unknown.join(", ")} cannot be shown; choose "default" or from ${PRODUCT_FIELDS.join(", ")}`,
      })
    }
  })

const LONGEST_ID = 64
const MOST_SEEDS = 50
const MOST_EXCLUDED = 200

/** Ids in one query parameter, separated by commas. */
const idList = (most: number) =>
  z
    .string()
    .max(most * (LONGEST_ID + 1))
    .transform((value) => value.split(",").filter((id) => id !== ""))
    .pipe(z.array(medusaId).max(most, `must hold at most ${most} ids`))

const shelf = {
  /** A handle; whether there is such a placement is told with those there are. */
  placement: z.string().min(1).max(40),
  product_id: medusaId.optional(),
  cart_id: medusaId.optional(),
  query: z.string().trim().min(1).max(200).optional(),
  category_id: medusaId.optional(),
}

const shopper = {
  visitor_id: z.uuid("must be the visitor's UUID").optional(),
  region_id: medusaId.optional(),
  country_code: z
    .string()
    .regex(/^[a-z]{2}$/i, "must be a two-letter country code")
    .optional(),
  fields: fields.optional(),
}

export const getRecommendations = z.strictObject({
  ...shelf,
  product_ids: idList(MOST_SEEDS).optional(),
  exclude: idList(MOST_EXCLUDED).optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
  ...shopper,
  explain: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
})

export type GetRecommendations = z.infer<typeof getRecommendations>

export const postRecommendations = z.strictObject({
  shelves: z
    .array(
      z.strictObject({
        ...shelf,
        product_ids: z.array(medusaId).max(MOST_SEEDS, `must hold at most ${MOST_SEEDS} ids`).optional(),
        exclude: z.array(medusaId).max(MOST_EXCLUDED, `must hold at most ${MOST_EXCLUDED} ids`).optional(),
        limit: z.number().int().min(1).max(50).optional(),
      }),
    )
    .min(1, "must hold at least one shelf")
    .max(10, "must hold at most 10 shelves"),
  ...shopper,
})

export type PostRecommendations = z.infer<typeof postRecommendations>
