import { randomBytes } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import {
  INTERACTION_KIND,
  readinessOf,
  type HistoryEntry,
  type ScoredProduct,
} from "../../core/recommendations"
import { serverEventId } from "../../core/signals"
import { readCartProducts, readNewestSellable, readSellable } from "../../datasets/availability"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { Placement, ReadinessTier } from "../../types/http/recommendations"
import { servingRecommender } from "./serving-model"

export interface RecommendInput {
  placement: Placement
  product_id?: string
  cart_id?: string
  limit: number
  sales_channel_ids: string[]
  visitor_id?: string
  customer_id?: string
  country_code?: string
  now: number
}

export interface RecommendOutput {
  recommendations: ScoredProduct[]
  decision_id: string
  readiness: ReadinessTier
  model_id: string | null
  region_id: string | null
}

/** So many candidates are looked up at once; more only when availability leaves too few. */
const CANDIDATES_PER_PLACE = 3
const MOST_CANDIDATES = 300

/**
 * Answers one shelf: seeds, scores, leaves out what cannot be sold here or is in the cart, fills up with
 * new arrivals, and notes what was served. A read with one note at the end: a plain function, not a workflow.
 */
export async function recommendProducts(
  container: MedusaContainer,
  input: RecommendInput,
): Promise<RecommendOutput> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const signals = container.resolve<SignalsModuleService>(SIGNALS_MODULE)
  const recommender = await servingRecommender(container, input.now)
  const cart = input.cart_id ? await readCartProducts(pg, input.cart_id) : null
  if (input.cart_id && !cart) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `cart_id: there is no cart ${input.cart_id}`)
  }
  const seeds = input.placement === "product" ? [input.product_id!] : (cart?.product_ids ?? [])
  const exclude = [...(cart?.product_ids ?? []), ...(input.product_id ? [input.product_id] : [])]
  const request = {
    placement: input.placement,
    seeds: input.placement === "home" ? [] : seeds,
    history: input.placement === "home" ? await permittedHistory(signals, input) : undefined,
    exclude,
    now: input.now,
  }
  const recommendations: ScoredProduct[] = []
  for (let offset = 0; recommendations.length < input.limit && offset < MOST_CANDIDATES;) {
    const limit = Math.max(24, input.limit * CANDIDATES_PER_PLACE)
    const candidates = recommender.recommend({ ...request, limit, offset })
    const sellable = new Set(
      await readSellable(
        pg,
        candidates.map((one) => one.product_id),
        input.sales_channel_ids,
      ),
    )
    recommendations.push(...candidates.filter((one) => sellable.has(one.product_id)))
    if (candidates.length < limit) break
    offset += limit
  }
  if (recommendations.length < input.limit) {
    const known = recommendations.map((one) => one.product_id)
    const newest = await readNewestSellable(
      pg,
      input.sales_channel_ids,
      [...known, ...exclude],
      input.limit - recommendations.length,
    )
    recommendations.push(
      ...newest.map(({ id, created_at }) => ({
        product_id: id,
        score: 0,
        reason: { code: "new_arrival" as const, data: { created_at: created_at.toISOString() } },
      })),
    )
  }
  recommendations.length = Math.min(recommendations.length, input.limit)

  const decision_id = serverEventId(input.now, randomBytes(10))
  const readiness = readinessOf({ orders: recommender.model?.counts.orders ?? 0 }).tier
  signals.note(
    {
      id: decision_id,
      occurred_at: input.now,
      type: "recommendation_served",
      source: "server",
      visitor_id: input.visitor_id,
      customer_id: input.customer_id,
      product_id: input.product_id,
      cart_id: input.cart_id,
      decision_id,
      data: {
        placement: input.placement,
        product_ids: recommendations.map((one) => one.product_id),
        reasons: recommendations.map((one) => one.reason.code),
        readiness,
        model_id: recommender.modelId,
      },
    },
    input.now,
    input.country_code,
  )
  return {
    recommendations,
    decision_id,
    readiness,
    model_id: recommender.modelId,
    region_id: cart?.region_id ?? null,
  }
}

/** What this shopper did before, where they have agreed to personalisation; else nothing. */
async function permittedHistory(
  signals: SignalsModuleService,
  input: RecommendInput,
): Promise<HistoryEntry[] | undefined> {
  if (!input.visitor_id && !input.customer_id) return undefined
  const customer_id = input.customer_id ?? null
  const visitor_id = input.visitor_id ? await signals.visitors.resolve(input.visitor_id, customer_id) : null
  const consent = await signals.consents.of({ visitor_id, customer_id, country_code: input.country_code })
  if (!consent.personalisation.granted) return undefined
  const events = await signals.historyOf({ visitor_id, customer_id })
  return events.map(({ kind, ...event }) => ({ ...event, kind: INTERACTION_KIND[kind] }))
}
