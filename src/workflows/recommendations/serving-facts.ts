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
/** About so often everything is read, which finds what leaves no time behind in Medusa's tables. */
const ALL_EVERY_MS = 600_000
/** So long after they were last read facts of products are kept up to date. */
const WANTED_FOR_MS = 600_000

/** A placement whose answer depends on what the shop knows of its products. */
export function readsFacts({ filter, rules, margin, stock }: Placement): boolean {
  return filter.rules.length > 0 || rules.some((rule) => rule.enabled) || margin > 0 || stock > 0
}

/**
 * What an answer needs: regions and currencies alone, as every answer does; facts of products to rank by, as they were read
 * last; or to tell, as they are.
 */
export type FactsNeed = "shop" | "rank" | "tell"

/**
 * Keeps regions and currencies up to date in the background, and the facts of products as long as something reads them: a
 * shop without rules, filters and dials never pays for them. A call waits while what it needs was never read; to tell facts,
 * also where they are old.
 */
export async function servingFacts(container: MedusaContainer, need: FactsNeed, now: number): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  if (need !== "shop") facts.wanted_at = now
  if (now - facts.wanted_at < WANTED_FOR_MS && now - facts.read_at >= CHANGES_EVERY_MS) {
    facts.read_at = now
    facts.loading ??= load(container, now).finally(() => (facts.loading = null))
  }
  const missing = need === "rank" ? facts.position === null : need === "tell" && !facts.isCurrent(now)
  if (missing && facts.loading) await facts.loading
  if (facts.shop === null) await readShop(container, now)
  else if (now - facts.shop_at >= CHANGES_EVERY_MS) {
    readShop(container, now).catch((error: unknown) => failed(container, "regions and currencies", error))
  }
}

/** Reads everything anew, now. */
export async function refreshFacts(container: MedusaContainer): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const now = Date.now()
  await facts.loading
  facts.wanted_at = now
  facts.full_at = -Infinity
  await Promise.all([readShop(container, now), load(container, now)])
}

async function load(container: MedusaContainer, now: number): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  try {
    const position = await factsPosition(pg)
    if (facts.position === null || now - facts.full_at >= facts.full_every) {
      facts.full_at = now
      facts.full_every = ALL_EVERY_MS * (0.75 + Math.random() / 2)
      const seen = new Set<string>()
      await readAllFacts(pg, (one) => {
        facts.byId.set(one.id, one)
        seen.add(one.id)
      })
      // A pass over all of them at a time, so that other requests come in between.
      await new Promise(setImmediate)
      for (const id of facts.byId.keys()) if (!seen.has(id)) facts.byId.delete(id)
      await new Promise(setImmediate)
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
    facts.current_at = now
    facts.fault = null
  } catch (error) {
    // The former facts go on serving; the next try comes soon.
    facts.read_at = now - CHANGES_EVERY_MS + AGAIN_AFTER_MS
    facts.fault = failed(container, "the facts of products", error)
  }
}

async function readShop(container: MedusaContainer, now: number): Promise<void> {
  const { facts } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  facts.shop_at = now
  facts.shop = await readShopFacts(container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION))
}

function failed(container: MedusaContainer, what: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`recommendations: ${what} were not read, the former ones serve on: ${reason}`)
  return reason
}
