import type { AuthenticatedMedusaRequest, MedusaResponse, MedusaStoreRequest } from "@medusajs/framework/http"
import type { HttpTypes } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, QueryContext } from "@medusajs/framework/utils"
import {
  wrapProductsWithTaxPrices,
  type RequestWithContext,
} from "@medusajs/medusa/api/store/products/helpers"
import type { RecommendationsAnswer, RecommendedProduct } from "../../../../types/http/recommendations"
import { recommendProducts } from "../../../../workflows/recommendations/recommend"
import { validated } from "../../../validate"
import type { GetRecommendations } from "./validators"

interface Region {
  id: string
  currency_code: string
  automatic_taxes: boolean
}
type Request = AuthenticatedMedusaRequest & MedusaStoreRequest & RequestWithContext<unknown>

export async function GET(req: Request, res: MedusaResponse): Promise<void> {
  const query = validated<GetRecommendations>(req)
  const answer = await recommendProducts(req.scope, {
    ...query,
    visitor_id: query.visitor_id?.toLowerCase(),
    customer_id: req.auth_context?.actor_id,
    sales_channel_ids: req.publishable_key_context.sales_channel_ids,
    now: Date.now(),
  })
  const { region_id, ...rest } = answer
  const products = query.fields
    ? await hydrate(
        req,
        answer.recommendations.map((one) => one.product_id),
        query.fields,
        query.region_id ?? region_id,
        query.country_code?.toLowerCase(),
      )
    : null
  const recommendations = products
    ? answer.recommendations
        .filter((one) => products.has(one.product_id))
        .map((one) => ({ ...one, product: products.get(one.product_id) }))
    : answer.recommendations
  res.setHeader("Cache-Control", "private, no-store")
  res.json({
    ...rest,
    recommendations,
    count: recommendations.length,
    offset: 0,
    limit: query.limit,
    placement: query.placement,
  } satisfies RecommendationsAnswer)
}

/** The products with their prices for a region, in one batched read. */
async function hydrate(
  req: Request,
  ids: string[],
  fields: string[],
  region_id: string | null,
  country_code: string | undefined,
): Promise<Map<string, RecommendedProduct>> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const priced = fields.includes("variants.calculated_price")
  if (priced && !region_id) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "region_id: is needed for prices; give it, give a cart_id, or leave variants.calculated_price out of fields",
    )
  }
  const region = priced ? await readRegion(req, region_id!) : null
  const price = region ? await priceContext(req, region) : null
  const { data } = await query.graph({
    entity: "product",
    fields: [
      "id",
      ...fields.filter((field) => field !== "variants.calculated_price"),
      ...(priced ? ["variants.calculated_price.*"] : []),
    ],
    filters: { id: ids },
    ...(price ? { context: { variants: { calculated_price: QueryContext(price) } } } : {}),
  })
  const products = data as unknown as RecommendedProduct[]
  if (region?.automatic_taxes && country_code) {
    req.taxContext = {
      taxLineContext: { address: { country_code } },
      taxInclusivityContext: { automaticTaxes: true },
    }
    await wrapProductsWithTaxPrices(req, products as unknown as HttpTypes.StoreProduct[])
  }
  return new Map(products.map((product) => [product.id, product]))
}

/** The same context that core's product routes price with: region, currency and the customer's groups. */
async function priceContext(req: Request, region: Region) {
  const context = { region_id: region.id, currency_code: region.currency_code }
  if (!req.auth_context?.actor_id) return context
  const { data } = await req.scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "customer_group",
    fields: ["id"],
    filters: { customers: { id: req.auth_context.actor_id } },
  })
  return { ...context, customer: { groups: data.map(({ id }) => ({ id })) } }
}

async function readRegion(req: Request, region_id: string): Promise<Region> {
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
