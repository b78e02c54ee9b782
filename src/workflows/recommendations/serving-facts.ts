import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Placement } from "../../core/recommendations"
import {
  changedProducts,
  factsPosition,
  readAllFacts,
  readFactsOf,
  readShopFacts,
} from "../../datasets/product-facts"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"

const CHANGES_EVERY_MS = 30_000
/** After a failure, and until a first read has succeeded. */
const AGAIN_AFTER_MS = 2_000
/** Finds what leaves no time behind in Medusa's tables. */
const ALL_EVERY_MS = 600_000

/** A placement whose answer depends on what the shop knows of its products. */
export function readsFacts({ filter, rules, margin, stock }: Placement): boolean {
  return filter.rules.length > 0 || rules.some((rule) => rule.enabled) || margin > 0 || stock > 0
}

/**
 * Keeps the facts of all products, and regions and currencies, up to date in the background. A call waits only while nothing
 * was read yet: for regions and currencies, and with `wait` for the products.
 */
export async function servingFacts(container: MedusaContainer, wait: boolean, now: number): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  if (now - facts.read_at >= CHANGES_EVERY_MS) {
    facts.read_at = now
    facts.loading ??= load(container, now).finally(() => (facts.loading = null))
  }
  if (wait && facts.position === null && facts.loading) await facts.loading
  if (facts.shop === null) await readShop(container)
}

/** Reads everything anew, now. */
export async function refreshFacts(container: MedusaContainer): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  await facts.loading
  facts.full_at = -Infinity
  await load(container, Date.now())
}

async function load(container: MedusaContainer, now: number): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  try {
    const position = await factsPosition(pg)
    await readShop(container)
    if (facts.position === null || now - facts.full_at >= ALL_EVERY_MS) {
      facts.full_at = now
      const seen = new Set<string>()
      await readAllFacts(pg, (one) => {
        facts.byId.set(one.id, one)
        seen.add(one.id)
      })
      for (const id of facts.byId.keys()) if (!seen.has(id)) facts.byId.delete(id)
      facts.sortNewest()
    } else {
      const changed = await changedProducts(pg, facts.position)
      const gone = new Set(changed)
      await readFactsOf(pg, changed, (one) => {
        facts.byId.set(one.id, one)
        gone.delete(one.id)
      })
      for (const id of gone) facts.byId.delete(id)
      if (changed.length > 0) facts.sortNewest()
    }
    facts.position = position
    facts.fault = null
  } catch (error) {
    // The former facts go on serving; the next try comes soon.
    facts.read_at = now - CHANGES_EVERY_MS + AGAIN_AFTER_MS
    facts.fault = error instanceof Error ? error.message : String(error)
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`recommendations: the facts of products were not read: ${facts.fault}`)
  }
}

async function readShop(container: MedusaContainer): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  facts.shop = await readShopFacts(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION))
}
