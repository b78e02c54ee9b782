import type { MedusaResponse } from "@medusajs/framework/http"
import type { RecommendationsAnswer, ShelvesAnswer } from "../../../../types/http/recommendations"
import {
  recommendProducts,
  recommendShelves,
  type RecommendOutput,
  type ShopperInput,
} from "../../../../workflows/recommendations/recommend"
import { validated } from "../../../validate"
import { hydrate, type HydratingRequest } from "./hydrate"
import type { GetRecommendations, PostRecommendations } from "./validators"

/** One shelf. */
export async function GET(req: HydratingRequest, res: MedusaResponse): Promise<void> {
  const query = validated<GetRecommendations>(req)
  const answer = await recommendProducts(req.scope, { ...query, ...shopperOf(req, query) })
  const [shelf] = await shown(req, [answer], query)
  res.setHeader("Cache-Control", "private, no-store")
  res.json(shelf)
}

/** The shelves of a page. */
export async function POST(req: HydratingRequest, res: MedusaResponse): Promise<void> {
  const body = req.validatedBody as PostRecommendations
  const answers = await recommendShelves(req.scope, body.shelves, shopperOf(req, body))
  res.setHeader("Cache-Control", "private, no-store")
  res.json({ shelves: await shown(req, answers, body) } satisfies ShelvesAnswer)
}

type Asked = Pick<GetRecommendations, "visitor_id" | "region_id" | "country_code" | "fields"> & {
  explain?: boolean
}

function shopperOf(req: HydratingRequest, asked: Asked): ShopperInput {
  return {
    visitor_id: asked.visitor_id?.toLowerCase(),
    region_id: asked.region_id,
    country_code: asked.country_code,
    explain: asked.explain,
    customer_id: req.auth_context?.actor_id,
    sales_channel_ids: req.publishable_key_context.sales_channel_ids,
    now: Date.now(),
  }
}

/** The answers with the products that were asked for, read once for all of them. */
async function shown(
  req: HydratingRequest,
  answers: RecommendOutput[],
  { fields, country_code }: Asked,
): Promise<RecommendationsAnswer[]> {
  const ids = answers.flatMap(({ recommendations }) => recommendations.map((one) => one.product_id))
  const region_id = answers[0].region_id
  const products = fields ? await hydrate(req, ids, fields, region_id, country_code?.toLowerCase()) : null
  return answers.map(({ region_id: _, recommendations: all, ...rest }) => {
    const recommendations = products
      ? all
          .filter((one) => products.has(one.product_id))
          .map((one) => ({ ...one, product: products.get(one.product_id) }))
      : all
    return { ...rest, recommendations, count: recommendations.length, offset: 0 }
  })
}
