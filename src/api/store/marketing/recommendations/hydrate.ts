import type { AuthenticatedMedusaRequest, MedusaStoreRequest } from "@medusajs/framework/http"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { CalculatedPriceSet, HttpTypes } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import {
  wrapProductsWithTaxPrices,
  type RequestWithContext,
} from "@medusajs/medusa/api/store/products/helpers"
import { readShelfProducts, type ShelfProduct } from "../../../../datasets/products"
import type { RecommendedProduct } from "../../../../types/http/recommendations"

interface Region {
  id: string
  currency_code: string
  automatic_taxes: boolean
}
export type HydratingRequest = AuthenticatedMedusaRequest & MedusaStoreRequest & RequestWithContext<unknown>

/** The products with their prices for a region: one read of ours, one of the Pricing Module, for the whole shelf. */
export async function hydrate(
  req: HydratingRequest,
  ids: string[],
  fields: string[],
  region_id: string | null,
  country_code: string | undefined,
): Promise<Map<string, RecommendedProduct>> {
  const priced = fields.includes("variants.calculated_price")
  if (priced && !region_id) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "region_id: is needed for prices; give it, give a cart_id, or leave variants.calculated_price out of fields",
    )
  }
  const pg = req.scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const [read, region] = await Promise.all([
    readShelfProducts(pg, ids),
    priced ? readRegion(req, region_id!) : null,
  ])
  const prices = region ? await pricesOf(req, read, region) : null
  const products = read.map((product) => shown(product, fields, prices))
  if (region?.automatic_taxes && country_code) {
    req.taxContext = {
      taxLineContext: { address: { country_code } },
      taxInclusivityContext: { automaticTaxes: true },
    }
    await wrapProductsWithTaxPrices(req, products as unknown as HttpTypes.StoreProduct[])
  }
  return new Map(products.map((product) => [product.id, product]))
}

async function pricesOf(
  req: HydratingRequest,
  products: ShelfProduct[],
  region: Region,
): Promise<Map<string, CalculatedPriceSet>> {
  const ids = products.flatMap(({ variants }) => variants.flatMap(({ price_set_id }) => price_set_id ?? []))
  const context = (await priceContext(req, region)) as unknown as Record<string, string>
  const prices = await req.scope.resolve(Modules.PRICING).calculatePrices({ id: ids }, { context })
  return new Map(prices.map((price) => [price.id, price]))
}

/** The fields that were asked for, and the product's id. */
function shown(
  product: ShelfProduct,
  fields: string[],
  prices: Map<string, CalculatedPriceSet> | null,
): RecommendedProduct {
  const picked: RecommendedProduct = { id: product.id }
  for (const field of fields) {
    const [relation, name] = field.split(".")
    if (name === undefined) {
      picked[relation] = product[relation as keyof ShelfProduct]
      continue
    }
    const rows = product[relation as "images" | "tags" | "categories" | "variants"] as Record<
      string,
      unknown
    >[]
    const into = (picked[relation] ??= rows.map(() => ({}))) as Record<string, unknown>[]
    rows.forEach((row, i) => {
      into[i][name] =
        name === "calculated_price" ? (prices?.get(row.price_set_id as string) ?? null) : row[name]
    })
  }
  return picked
}

/** The same context that core's product routes price with: region, currency and the customer's groups. */
async function priceContext(req: HydratingRequest, region: Region) {
  const context = { region_id: region.id, currency_code: region.currency_code }
  if (!req.auth_context?.actor_id) return context
  const { data } = await req.scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "customer_group",
    fields: ["id"],
    filters: { customers: { id: req.auth_context.actor_id } },
  })
  return { ...context, customer: { groups: data.map(({ id }) => ({ id })) } }
}

async function readRegion(req: HydratingRequest, region_id: string): Promise<Region> {
  const { data } = await req.scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "region",
    fields: ["id", "currency_code", "automatic_taxes"],
    filters: { id: region_id },
  })
  if (data.length === 0) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `region_id: there is no region ${region_id}`)
  }
  return data[0]
}
