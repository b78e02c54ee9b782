import { z } from "@medusajs/framework/zod"
import { PLACEMENTS } from "../../../../types/http/recommendations"

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

export const getRecommendations = z
  .strictObject({
    placement: z.enum(PLACEMENTS),
    product_id: medusaId.optional(),
    cart_id: medusaId.optional(),
    visitor_id: z.uuid("must be the visitor's UUID").optional(),
    region_id: medusaId.optional(),
    country_code: z
      .string()
      .regex(/^[a-z]{2}$/i, "must be a two-letter country code")
      .optional(),
    fields: fields.optional(),
    limit: z.coerce.number().int().min(1).max(50).default(8),
  })
  .superRefine((query, context) => {
    const needed = ({ product: "product_id", cart: "cart_id", home: null } as const)[query.placement]
    if (needed && !query[needed]) {
      context.addIssue({
        code: "custom",
        path: [needed],
        message: `is required for placement "${query.placement}"`,
      })
    }
  })

export type GetRecommendations = z.infer<typeof getRecommendations>
