import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { rowOf, stringAt } from "../../core/data"
import {
  compileFilter,
  filterContext,
  isActive,
  readinessOf,
  SHIPPED_PLACEMENTS,
  type MerchandisingRule,
  type Neighbours,
  type RecommendationModel,
} from "../../core/recommendations"
import type { RecommendationsModuleService } from "../../modules/recommendations"
import type { ProductShelvesAnswer, ProductTie } from "../../types/http/placements"
import { titlesOf } from "./product-titles"
import { servingFacts } from "./serving-facts"
import { servingRecommender } from "./serving-model"
import { summed } from "./shelf-figures"

const MOST_TIES = 10

type Tie = Pick<ProductTie, "product_id" | "score" | "reason">

/** What the admin tells of one product. `span`: days of its figures. */
export async function productShelves(
  container: MedusaContainer,
  product_id: string,
  span: { from: string; to: string },
  now: number,
): Promise<ProductShelvesAnswer> {
  const recommender = await servingRecommender(container, now)
  const [placements, rows] = await Promise.all([
    recommender.placements.serving(now),
    recommender.figures.ofProduct(product_id, span),
    servingFacts(container, "tell", now),
  ])
  const { products: leads_to } = recommender.rank({
    placement: { ...SHIPPED_PLACEMENTS.product.settings, fallback: ["similar"] },
    seeds: [product_id],
    currencies: [],
    limit: MOST_TIES,
    now,
  })
  const led_by = recommender.model ? ledBy(recommender.model, product_id) : []
  const ids = [...leads_to, ...led_by].map((tie) => tie.product_id)
  const titles = await titlesOf(container, [...ids, product_id])
  if (!titles.has(product_id)) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no product ${product_id}`)
  }
  const told = (ties: readonly Tie[]) =>
    ties.flatMap(({ product_id: id, score, reason }) => {
      const product = titles.get(id)
      return product ? [{ product_id: id, score, reason, ...product }] : []
    })
  const rules = [...placements.values()].flatMap((placement) =>
    actingOn(container, recommender, product_id, placement.settings.rules, now).map((rule) => ({
      placement_id: placement.id,
      placement: placement.settings.name,
      rule_id: rule.id,
      rule: rule.name,
      action: rule.action.type,
    })),
  )
  return {
    product_id,
    leads_to: told(leads_to),
    led_by: told(led_by),
    figures: summed(rows),
    rules,
    readiness: readinessOf({ orders: recommender.model?.counts.orders ?? 0 }).tier,
    model_id: recommender.modelId,
  }
}

/**
 * Products on whose shelves this one stands, best first: a pass over all neighbours (about 10 ms for 100,000 products of 50
 * each), which a page of the admin may cost.
 */
function ledBy(model: RecommendationModel, product_id: string): Tie[] {
  const wanted = rowOf(model.ids, product_id)
  if (wanted < 0) return []
  const ties = new Map<number, Tie>()
  sources(model.item_to_item, wanted, (row, score, count) => {
    const from = stringAt(model.ids, row)
    const data = { product_id: from, shoppers: count, of: model.shoppers_of[row] }
    ties.set(row, { product_id: from, score, reason: { code: "shoppers_also_chose", data } })
  })
  // Of one order says more than by one shopper.
  sources(model.together, wanted, (row, score, count) => {
    const from = stringAt(model.ids, row)
    const data = { product_id: from, together: count, of: model.orders_of[row] }
    ties.set(row, { product_id: from, score, reason: { code: "bought_together", data } })
  })
  return [...ties.values()].sort((a, b) => b.score - a.score).slice(0, MOST_TIES)
}

function sources(
  { offsets, product, score, count }: Neighbours,
  wanted: number,
  each: (row: number, score: number, count: number) => void,
): void {
  let row = 0
  for (let i = 0; i < product.length; i++) {
    if (product[i] !== wanted) continue
    while (offsets[row + 1] <= i) row++
    each(row, score[i], count[i])
  }
}

/** The rules that act on this product now. */
function actingOn(
  container: MedusaContainer,
  { facts, model }: RecommendationsModuleService,
  product_id: string,
  rules: readonly MerchandisingRule[],
  now: number,
): MerchandisingRule[] {
  const known = facts.byId.get(product_id)
  const context = filterContext(model, { now, currencies: facts.shop?.currencies ?? [] })
  return rules.filter((rule) => {
    const { action, filter, id } = rule
    if (!isActive(rule, now)) return false
    if (action.type === "pin") return action.product_ids.includes(product_id)
    if (!known) return false
    try {
      const test = compileFilter(filter, context)
      // "only" acts on those that it leaves out.
      return test(known) !== (action.type === "only")
    } catch (error) {
      // Checked when it was saved: a rule of a later version, which this one cannot read.
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`recommendations: rule ${id} cannot be read: ${String(error)}`)
      return false
    }
  })
}
