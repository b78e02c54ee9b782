import type { MedusaContainer } from "@medusajs/framework/types"
import { stringAt } from "../../core/data"
import type { AssociationRule } from "../../types/http/placements"
import { servingFacts } from "./serving-facts"
import { servingRecommender } from "./serving-model"

export const RULE_ORDERS = ["lift", "lift_low", "confidence", "support", "together"] as const
export type RuleOrder = (typeof RULE_ORDERS)[number]

export interface RulesAsked {
  /** Words that one of the titles holds. */
  q?: string
  /** Highest first with "-". Default: as the model ranks them, what a reader can act on first. */
  order?: RuleOrder | `-${RuleOrder}`
}

/** "Who orders these also orders that", as the serving model has counted it. `orders`: null before the first training. */
export async function associationRules(
  container: MedusaContainer,
  { q, order }: RulesAsked,
  now: number,
): Promise<{ rules: AssociationRule[]; orders: number | null }> {
  const recommender = await servingRecommender(container, now)
  const { model } = recommender
  if (model === null) return { rules: [], orders: null }
  await servingFacts(container, "tell", now)
  const named = (row: number) => {
    const product_id = stringAt(model.ids, row)
    return { product_id, title: recommender.facts.byId.get(product_id)?.title ?? product_id }
  }
  const columns = model.association_rules
  const wanted = q?.trim().toLowerCase()
  const rules: AssociationRule[] = []
  for (let i = 0; i < columns.length; i++) {
    const if_bought = [columns.antecedent[i], columns.and[i]].filter((row) => row >= 0).map(named)
    const then = named(columns.consequent[i])
    if (wanted && ![...if_bought, then].some(({ title }) => title.toLowerCase().includes(wanted))) continue
    rules.push({
      id: `${if_bought.map(({ product_id }) => product_id).join("+")}:${then.product_id}`,
      if_bought,
      then,
      together: columns.together[i],
      support: columns.support[i],
      confidence: columns.confidence[i],
      lift: columns.lift[i],
      lift_low: columns.lift_low[i],
    })
  }
  if (order) {
    const [key, sign] = order.startsWith("-") ? [order.slice(1), -1] : [order, 1]
    rules.sort((a, b) => sign * (a[key as RuleOrder] - b[key as RuleOrder]))
  }
  return { rules, orders: columns.orders }
}
