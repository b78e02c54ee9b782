import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { readinessOf, type Placement, type ShelfRequest } from "../../core/recommendations"
import { dayOf, type RecommendationsModuleService, type StoredPlacement } from "../../modules/recommendations"
import type { LeftOut, PreviewAnswer, PreviewSubject } from "../../types/http/placements"
import { expectedProfit } from "./expected-profit"
import { fillShelves, type FilledShelf } from "./fill-shelves"
import { checkPlacement } from "./placement-settings"
import { armOf, shelfRequest } from "./recommend"
import { storefrontChannels } from "./storefront-channels"
import { titlesOf } from "./product-titles"
import { servingFacts } from "./serving-facts"
import { servingRecommender } from "./serving-model"
import type { ShelfInput } from "./shelf-input"
import { permittedPast, placeOf } from "./shelf-reads"

const DAY = 86_400_000
/** A placement's own rate of purchases is that of so many days. */
const RATE_DAYS = 90
const MOST_LEFT_OUT = 50

export interface PreviewInput {
  placement_id: string
  /** Over those that are saved. */
  settings?: Partial<Placement>
  subject: PreviewSubject
  limit?: number
  /** Of the products' titles, where the store has them translated. */
  locale?: string
}

/**
 * What a placement would show to this shopper, here, with these settings: the same reads, consent included, and the same
 * ranking as for a storefront. Writes nothing.
 */
export async function previewShelf(
  container: MedusaContainer,
  { placement_id, settings, subject, limit, locale }: PreviewInput,
  now: number,
): Promise<PreviewAnswer["preview"]> {
  const recommender = await servingRecommender(container, now)
  const saved = await recommender.placements.byId(placement_id)
  const placement: StoredPlacement = { ...saved, settings: { ...saved.settings, ...settings } }
  checkPlacement(placement.settings)
  checkSubject(placement, subject)
  const shopper = {
    ...subject,
    sales_channel_ids: subject.sales_channel_id
      ? [subject.sales_channel_id]
      : await storefrontChannels(container),
    explain: true,
    now,
  }
  const [past] = await Promise.all([
    permittedPast(container, shopper),
    // What an order earns is read from the facts, whatever the settings read.
    servingFacts(container, "tell", now),
  ])
  const place = placeOf(container, shopper, [])
  const shelf: ShelfInput = { ...subject, placement: saved.handle, limit }
  // The cart of a preview is its list of products.
  const asked = placement.context === "cart" ? { ...placement, context: "products" as const } : placement
  const arm = armOf(recommender, placement, now)
  const request = shelfRequest(shelf, asked, arm, shopper, { carts: new Map(), past, place })
  const [present] = await fillShelves(container, [request], place.market)
  const ids = [...present.products, ...present.left_out].map(({ product_id }) => product_id)
  const [titles, profit] = await Promise.all([
    titlesOf(container, ids, locale),
    profitOf(container, recommender, placement, request, present, place.market),
  ])
  return {
    items: present.products.map((product) => ({
      ...product,
      title: titles.get(product.product_id)?.title ?? product.product_id,
      thumbnail: titles.get(product.product_id)?.thumbnail ?? null,
      explanation: product.explanation!,
    })),
    left_out: present.left_out
      .filter(({ product_id }) => titles.has(product_id))
      .slice(0, MOST_LEFT_OUT)
      .map(({ product_id, why, rule_id }) => ({
        product_id,
        title: titles.get(product_id)!.title,
        why: nameOf(why, placement),
        ...(rule_id === undefined ? {} : { rule_id }),
      })),
    arm: present.arm,
    past: past.state,
    readiness: readinessOf({ orders: recommender.model?.counts.orders ?? 0 }).tier,
    model_id: recommender.modelId,
    profit,
    milliseconds: present.milliseconds,
  }
}

function nameOf(why: FilledShelf["left_out"][number]["why"], { context }: StoredPlacement): LeftOut {
  return why === "on_page" && context === "cart" ? "in_cart" : why
}

const NEEDED = {
  none: null,
  product: "product_id",
  cart: "product_ids",
  products: "product_ids",
  search: "query",
} as const satisfies Record<StoredPlacement["context"], keyof PreviewSubject | null>

function checkSubject({ context, settings }: StoredPlacement, subject: PreviewSubject): void {
  const needed = NEEDED[context]
  if (needed === null || (subject[needed] && subject[needed].length > 0)) return
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `subject.${needed}: is required, since "${settings.name}" stands where there is a ${context}`,
  )
}

async function profitOf(
  container: MedusaContainer,
  recommender: RecommendationsModuleService,
  { handle, settings }: StoredPlacement,
  request: ShelfRequest,
  present: FilledShelf,
  market: Parameters<typeof fillShelves>[2],
) {
  const at = (margin: number) =>
    margin === settings.margin
      ? [present]
      : fillShelves(container, [{ ...request, placement: { ...settings, margin } }], market)
  const [taste, margin, { figures }] = await Promise.all([
    at(0),
    at(1),
    recommender.figures.between({
      from: dayOf(request.now - (RATE_DAYS - 1) * DAY),
      to: dayOf(request.now),
      placement: handle,
    }),
  ])
  return expectedProfit(
    { present: present.products, taste: taste[0].products, margin: margin[0].products },
    recommender.facts.byId,
    request.currencies,
    {
      orders: figures.reduce((sum, row) => sum + row.orders, 0),
      views: figures.reduce((sum, row) => sum + row.impressions, 0),
    },
  )
}
