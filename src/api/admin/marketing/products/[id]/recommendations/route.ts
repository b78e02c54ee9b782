import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { readinessOf, SHIPPED_PLACEMENTS } from "../../../../../../core/recommendations"
import type { ProductRecommendationsAnswer } from "../../../../../../types/http/recommendations"
import { servingRecommender } from "../../../../../../workflows/recommendations/serving-model"
import { validated } from "../../../../../validate"
import type { Page } from "../../../../page"

/** The counts behind a product's shelf, before availability: the merchant sees what was learned. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const product_id = req.params.id
  const { limit, offset } = validated<Page>(req)
  const now = Date.now()
  const recommender = await servingRecommender(req.scope, now)
  const { products: scored } = recommender.rank({
    placement: SHIPPED_PLACEMENTS.product.settings,
    seeds: [product_id],
    currencies: [],
    limit,
    offset,
    now,
  })
  const { data } = await req.scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product",
    fields: ["id", "title", "thumbnail"],
    filters: { id: scored.map((one) => one.product_id) },
  })
  const products = new Map(data.map((product) => [product.id, product]))
  const recommendations = scored.flatMap((one) => {
    const product = products.get(one.product_id)
    return product ? [{ ...one, title: product.title, thumbnail: product.thumbnail }] : []
  })
  res.json({
    product_id,
    recommendations,
    count: recommendations.length,
    offset,
    limit,
    readiness: readinessOf({ orders: recommender.model?.counts.orders ?? 0 }).tier,
    model_id: recommender.modelId,
  } satisfies ProductRecommendationsAnswer)
}
