import { randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { seededRandom } from "../../core/data"
import { chooseArm, readinessOf, type ShelfRequest, type Strategy } from "../../core/recommendations"
import { serverEventId } from "../../core/signals"
import type { RecommendationsModuleService, StoredPlacement } from "../../modules/recommendations"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import { noteExposures } from "../decisions/experiments/unit-of"
import { fillShelves, type FilledShelf } from "./fill-shelves"
import { readsFacts, servingFacts } from "./serving-facts"
import { servingRecommender } from "./serving-model"
import { decideShelves, type ShelfDecision } from "./shelf-decisions"
import {
  needsPast,
  placementFor,
  type RecommendInput,
  type RecommendOutput,
  type ShelfInput,
  type ShopperInput,
} from "./shelf-input"
import { permittedPast, placeOf, readCarts, type Cart, type Past, type Place } from "./shelf-reads"

export type { RecommendInput, RecommendOutput, ShelfInput, ShopperInput } from "./shelf-input"

/** Answers one shelf. */
export async function recommendProducts(
  container: MedusaContainer,
  input: RecommendInput,
): Promise<RecommendOutput> {
  return (await answerShelves(container, [input], input, () => ""))[0]
}

/** Answers the shelves of a page: what they share is read once, and no product comes twice. */
export function recommendShelves(
  container: MedusaContainer,
  shelves: readonly ShelfInput[],
  shopper: ShopperInput,
): Promise<RecommendOutput[]> {
  return answerShelves(container, shelves, shopper, (i) => `shelves.${i}.`)
}

/**
 * Decides for whom they are shown, seeds, scores, leaves out what cannot be sold here, fills up with new arrivals, and notes what
 * was served. A read with one note at the end: a plain function, not a workflow.
 */
async function answerShelves(
  container: MedusaContainer,
  shelves: readonly ShelfInput[],
  shopper: ShopperInput,
  at: (shelf: number) => string,
): Promise<RecommendOutput[]> {
  const { now } = shopper
  const recommender = await servingRecommender(container, now)
  const known = await recommender.placements.serving(now)
  const asked = shelves.map((shelf, i) => placementFor(shelf, known, at(i)))
  const decided = await decideShelves(container, asked, shopper)
  const placements = decided.map(({ placement }) => placement)
  const [carts, past] = await Promise.all([
    readCarts(container, shelves, at),
    placements.some(needsPast) ? permittedPast(container, shopper) : null,
    servingFacts(
      container,
      shopper.explain ? "tell" : placements.some(({ settings }) => readsFacts(settings)) ? "rank" : "shop",
      now,
    ),
  ])
  const place = placeOf(container, shopper, carts.values())
  const arms = placements.map((placement) => armOf(recommender, placement, now))
  const requests = shelves.map((shelf, i) =>
    shelfRequest(shelf, placements[i], arms[i], shopper, { carts, past, place }),
  )
  const open = (i: number) => placements[i].settings.enabled && decided[i].ranked
  const filled = await fillTogether(container, requests, decided, open, place)
  const readiness = readinessOf({ orders: recommender.model?.counts.orders ?? 0 }).tier
  return shelves.map((shelf, i) => {
    const { settings, handle } = placements[i]
    const answer = filled[i]
    const output: RecommendOutput = {
      recommendations: answer.products,
      limit: requests[i].limit,
      placement: handle,
      minimum: settings.minimum,
      decision_id: serverEventId(now, randomBytes(10)),
      readiness,
      model_id: recommender.modelId,
      region_id: place.region_id,
      held_out: decided[i].held_out,
    }
    // Fewer hide themselves, on a page as in an e-mail: then nobody meets a difference.
    const enough = answer.products.length >= Math.min(settings.minimum, output.limit)
    // Nobody is shown a placement that is switched off, an admin's look, or a piece of an e-mail that is left out.
    if (open(i) && !shopper.explain) {
      if (enough || shopper.channel !== "email") {
        noteServed(container, shelf, shopper, output, answer.arm, decided[i])
      }
      // Whether there is enough to show may itself depend on the arm (its minimum, its strategies, its filters), and on one side of a
      // holdout alone. So who asks for a placement with an experiment is counted whatever came of it: that dilutes the effect by those
      // for whom the arms are alike, and biases nothing. To rank under the control's settings too would double the work of an answer.
      if (decided[i].in_experiment || (enough && answer.products.length > 0)) {
        void noteExposures(container, shopper, decided[i].exposures, now)
      }
    }
    return decided[i].show ? output : { ...output, recommendations: [] }
  })
}

/**
 * Shelves that are shown choose among themselves, and those that are kept back as if all of the page were shown: what is kept back takes
 * no product from what is shown.
 */
async function fillTogether(
  container: MedusaContainer,
  requests: readonly ShelfRequest[],
  decided: readonly ShelfDecision[],
  open: (shelf: number) => boolean,
  place: Place,
): Promise<FilledShelf[]> {
  const all = requests.map((_, i) => i)
  const fill = async (some: readonly number[]) => {
    const answers = await fillShelves(
      container,
      some.map((i) => requests[i]),
      place.market,
    )
    return new Map(some.map((i, at) => [i, answers[at]]))
  }
  const ranked = all.filter(open)
  const shown = ranked.filter((i) => decided[i].show)
  const [forAll, forShown] = await Promise.all([
    shown.length < ranked.length ? fill(ranked) : null,
    shown.length > 0 ? fill(shown) : null,
  ])
  return all.map((i) => (decided[i].show ? forShown?.get(i) : forAll?.get(i)) ?? CLOSED)
}

/** A placement that is switched off. */
const CLOSED: FilledShelf = { products: [], left_out: [], arm: null, milliseconds: 0 }

/** The strategy that leads this answer, where the placement tries them against one another. */
export function armOf(
  recommender: RecommendationsModuleService,
  { handle, settings }: StoredPlacement,
  now: number,
): Strategy | null {
  const { enabled, floor } = settings.exploration
  const strategies = settings.strategies.filter(({ weight }) => weight > 0).map(({ strategy }) => strategy)
  if (!enabled || strategies.length === 0) return null
  const random = seededRandom(randomBytes(4).readUInt32LE())
  // Saved when there were fewer strategies, a floor may be more than there is to share.
  const least = Math.min(floor, 1 / strategies.length)
  return strategies[chooseArm(recommender.arms.of(handle, strategies, now), { floor: least, random })]
}

/** One shelf as core ranks it. */
export function shelfRequest(
  shelf: ShelfInput,
  { context, settings }: StoredPlacement,
  arm: Strategy | null,
  shopper: ShopperInput,
  read: { carts: ReadonlyMap<string, Cart>; past: Past | null; place: Place },
): ShelfRequest {
  const inCart = shelf.cart_id ? (read.carts.get(shelf.cart_id)?.product_ids ?? []) : []
  const seeds = {
    none: [],
    search: [],
    product: [shelf.product_id!],
    cart: inCart,
    products: shelf.product_ids!,
  }
  return {
    placement: settings,
    seeds: seeds[context],
    history: read.past?.history,
    returned: read.past?.returned,
    query: shelf.query,
    country: read.place.country,
    sales_channel: shopper.sales_channel_ids[0],
    category: shelf.category_id,
    exclude: [...inCart, ...(shelf.product_id ? [shelf.product_id] : []), ...(shelf.exclude ?? [])],
    arm,
    currencies: read.place.currencies,
    limit: shelf.limit ?? settings.size,
    now: shopper.now,
    explain: shopper.explain,
  }
}

function noteServed(
  container: MedusaContainer,
  shelf: ShelfInput,
  shopper: ShopperInput,
  { decision_id, recommendations, placement, readiness, model_id }: RecommendOutput,
  arm: Strategy | null,
  decided: ShelfDecision,
): void {
  container.resolve<SignalsModuleService>(SIGNALS_MODULE).note(
    {
      id: decision_id,
      occurred_at: shopper.now,
      type: decided.show ? "recommendation_served" : "recommendation_withheld",
      source: "server",
      visitor_id: shopper.visitor_id,
      customer_id: shopper.customer_id,
      product_id: shelf.product_id,
      cart_id: shelf.cart_id,
      decision_id,
      // Products stand in the order of their places; reasons tell which strategy spoke for each.
      data: {
        placement,
        arm,
        product_ids: recommendations.map((one) => one.product_id),
        reasons: recommendations.map((one) => one.reason.code),
        readiness,
        model_id,
        ...(shopper.channel ? { channel: shopper.channel } : {}),
        ...groupsOf(decided),
      },
    },
    shopper.now,
    shopper.country_code,
  )
}

/** In which groups the answer stood: what an analyst joins outcomes to. */
function groupsOf({ measured, show, layer, experiment_id, arm_key }: ShelfDecision): Record<string, unknown> {
  if (!measured && layer === null) return {}
  return {
    unit_arm: show ? "treated" : layer === "shadow" || layer === "canary" ? layer : "held_out",
    ...(layer ? { layer } : {}),
    ...(experiment_id ? { experiment_id, arm_key } : {}),
  }
}
