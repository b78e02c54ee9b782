import { z } from "@medusajs/framework/zod"

/** An address with a place for the product in it. */
const productUrl = z
  .string()
  .max(500)
  .refine((value) => {
    try {
      return /^https?:$/.test(new URL(value).protocol)
    } catch {
      return false
    }
  }, "must be an address such as https://shop.example/products/{handle}")
  .refine(
    (value) => /\{(handle|id)\}/.test(value),
    'must hold "{handle}" or "{id}" where the product\'s goes',
  )
  .refine(
    (value) => !/\{/.test(value.split("/").slice(0, 3).join("/")),
    "must name the storefront's host itself",
  )

export const changeSettings = z
  .strictObject({
    browsing_months: z.number().int().min(1).max(60).optional(),
    commerce_months: z.number().int().min(1).max(240).nullable().optional(),
    storefront_product_url: productUrl.nullable().optional(),
  })
  .refine(
    (settings) => Object.keys(settings).length > 0,
    "must change at least one of browsing_months, commerce_months, storefront_product_url",
  )

export type ChangeSettings = z.infer<typeof changeSettings>
