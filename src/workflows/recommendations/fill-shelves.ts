import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  Merchandising,
  INTERACTION_KIND,
  type ShelfAnswer,
  type ShelfProduct,
  type ShelfRequest,
  type Strategy,
} from "../../core/recommendations"
import { readNewestSellable, readSellable, type Market } from "../../datasets/availability"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"

/** So many candidates are looked up at once; more only when availability leaves too few. */
const CANDIDATES_PER_PLACE = 3
const FEWEST_CANDIDATES = 24
const MOST_CANDIDATES = 300
/** Newest products that are held against a shelf's filter and rules before it is left short. */
const NEWEST_TRIED = 200

export interface FilledShelf {
  products: ShelfProduct[]
  /** Candidates that were taken out, best first. */
  left_out: {
    product_id: string
    why: ShelfAnswer["left_out"][number]["why"] | "not_sellable"
    rule_id?: string
  }[]
  /** The strategy that led; null when none was asked to, or it named nothing. */
  arm: Strategy | null
  /** Milliseconds of the model's own work. */
  milliseconds: number
}

/** A shelf while it is being filled. */
class Filling implements FilledShelf {
  readonly products: ShelfProduct[] = []
  readonly left_out: FilledShelf["left_out"] = []
  arm: Strategy | null = null
  milliseconds = 0
  candidates: ShelfProduct[] = []
  private offset = 0
  private exhausted = false

  constructor(
    readonly request: ShelfRequest,
    private readonly recommender: RecommendationsModuleService,
  ) {}

  get missing(): number {
    return this.request.limit - this.products.length
  }

  /** Whether its products stand: it is full, or nothing more would come. */
  get done(): boolean {
    return this.missing <= 0 || (this.exhausted && this.candidates.length === 0)
  }

  /** Names the next candidates, if those before have been looked at. */
  rank(): void {
    if (this.done || this.candidates.length > 0) return
    const limit = Math.max(FEWEST_CANDIDATES, this.request.limit * CANDIDATES_PER_PLACE)
    const started = performance.now()
    const answer = this.recommender.rank({ ...this.request, limit, offset: this.offset })
    this.milliseconds += performance.now() - started
    if (this.offset === 0) {
      this.left_out.push(...answer.left_out)
      this.arm = answer.arm
    }
    this.candidates = answer.products
    this.offset += limit
    this.exhausted = !answer.more || this.offset >= MOST_CANDIDATES
  }

  take(sellable: ReadonlySet<string>, taken: Set<string>): void {
    for (const candidate of this.candidates) {
      const { product_id } = candidate
      if (this.missing <= 0) break
      if (taken.has(product_id)) continue
      if (!sellable.has(product_id)) {
        this.left_out.push({ product_id, why: "not_sellable" })
        continue
      }
      taken.add(product_id)
      this.products.push(candidate)
    }
    this.candidates = []
  }
}

/**
 * Fills shelves so that every product can be sold in `market` and none stands on two of them: the earlier shelf chooses
 * first. All shelves together cost one look-up of what is sellable, more only where that leaves a shelf short.
 */
export async function fillShelves(
  container: MedusaContainer,
  requests: readonly ShelfRequest[],
  market: Market,
): Promise<FilledShelf[]> {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const recommender = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const shelves = requests.map((request) => new Filling(request, recommender))
  const taken = new Set<string>()
  for (;;) {
    for (const shelf of shelves) shelf.rank()
    const named = new Set(shelves.flatMap(({ candidates }) => candidates.map(({ product_id }) => product_id)))
    if (named.size === 0) break
    const sellable = new Set(await readSellable(pg, [...named], market))
    for (const shelf of shelves) {
      shelf.take(sellable, taken)
      // The shelves after it wait until it has chosen.
      if (!shelf.done) break
    }
  }
  for (const shelf of shelves) {
    if (shelf.missing > 0 && takesNewest(shelf.request, recommender)) {
      await addNewest(pg, recommender, shelf, taken, market)
    }
  }
  return shelves
}

/** Products that came after the last training, and a shop without one, are known to the catalogue alone. */
function takesNewest({ placement }: ShelfRequest, recommender: RecommendationsModuleService): boolean {
  return recommender.model === null || placement.fallback.includes("new_arrivals")
}

/**
 * Fills a shelf that is still short with the newest products: those of the facts in memory, or, where those are not current or a
 * shop without a model has nothing else to show, by a search of the whole catalogue.
 */
async function addNewest(
  pg: Knex,
  recommender: RecommendationsModuleService,
  shelf: Filling,
  taken: Set<string>,
  market: Market,
): Promise<void> {
  const { facts, model } = recommender
  const { request } = shelf
  const rules = new Merchandising(request.placement, model, facts.byId, request)
  const refused = new Set([...request.seeds, ...(request.exclude ?? []), ...excludedPast(request)])
  const add = (id: string, created_at: number) => {
    if (shelf.missing <= 0 || taken.has(id) || refused.has(id)) return
    const hidden = rules.reads ? rules.judge(id).hidden : null
    if (hidden) {
      shelf.left_out.push({ product_id: id, why: hidden.why, rule_id: hidden.rule_id })
      return
    }
    taken.add(id)
    shelf.products.push({
      product_id: id,
      score: 0,
      reason: { code: "new_arrival", data: { created_at: new Date(created_at).toISOString() } },
      ...(request.explain ? { explanation: { ...UNSCORED, ...rules.told(id) } } : {}),
    })
  }
  if (facts.isCurrent(request.now)) {
    const open = facts.newest.filter(
      (id) => !taken.has(id) && !refused.has(id) && !(rules.reads && rules.judge(id).hidden),
    )
    const sellable = await readSellable(pg, open.slice(0, NEWEST_TRIED), market)
    for (const id of sellable) add(id, facts.byId.get(id)?.created_at ?? request.now)
    if (model !== null) return
  }
  if (shelf.missing <= 0) return
  // What falls short here will again: from the next answer on the newest are looked for in memory.
  if (model !== null) facts.wanted_at = request.now
  const newest = await readNewestSellable(
    pg,
    market,
    [...taken, ...refused],
    rules.reads ? NEWEST_TRIED : shelf.missing,
  )
  for (const { id, created_at } of newest) add(id, created_at.getTime())
}

const UNSCORED = { parts: [], fallback: true, factors: [], pinned_by: null, place_before_diversity: null }

const DAY = 86_400_000

/** What the shopper bought or sent back, as far as the placement leaves it out. */
function excludedPast({ placement, history = [], returned = [], now }: ShelfRequest): string[] {
  const since = now - placement.exclude_returned_days * DAY
  return [
    ...(placement.exclude_bought ? history.filter(({ kind }) => kind === INTERACTION_KIND.buy) : []),
    ...returned.filter(({ at }) => at > since),
  ].map(({ product_id }) => product_id)
}
