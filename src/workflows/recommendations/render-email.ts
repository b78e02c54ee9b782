import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import type { ShelfProduct as Recommended } from "../../core/recommendations"
import { readShelfProducts, type ShelfProduct } from "../../datasets/products"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { EmailAnswer } from "../../types/http/placements"
import { emailHtml, emailText, type EmailProduct } from "./email-fragment"
import { priceLine, reasonLine } from "./email-texts"
import { titlesOf } from "./product-titles"
import { recommendProducts } from "./recommend"
import { signLink } from "./shelf-link"
import { storefrontChannels } from "./storefront-channels"

const DAY = 86_400_000
const LINKS_LAST_DAYS = 60

export interface EmailInput {
  placement_id: string
  customer_id?: string
  locale?: string
  region_id?: string
  limit?: number
  /** Where this server is reached from outside, without a slash at its end. */
  server: string
}

/** A placement as a piece of an e-mail, noted as served: what was sent is an answer like any other. */
export async function renderEmail(
  container: MedusaContainer,
  { placement_id, locale = "en", server, ...input }: EmailInput,
  now: number,
): Promise<EmailAnswer["email"]> {
  const { placements } = container.resolve<RecommendationsModuleService>(RECOMMENDATIONS_MODULE)
  const { storefront_product_url } = await container.resolve<SignalsModuleService>(SIGNALS_MODULE).settings()
  if (!storefront_product_url) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "storefront_product_url: is not set, so links would lead nowhere; set it in the Marketing settings, e.g. https://shop.example/products/{handle}",
    )
  }
  const placement = await placements.byId(placement_id)
  if (placement.context !== "none") {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `"${placement.settings.name}" needs a ${placement.context} to stand beside; an e-mail has none: choose a placement of context "none"`,
    )
  }
  const region = await regionOf(container, input.region_id)
  const answer = await recommendProducts(container, {
    ...input,
    placement: placement.handle,
    region_id: region?.id,
    sales_channel_ids: await storefrontChannels(container),
    channel: "email",
    now,
  })
  const shown = await shownProducts(container, answer.recommendations, region, locale)
  const expires_at = now + LINKS_LAST_DAYS * DAY
  const products = shown.map(({ product_id, ...one }, position): EmailProduct => {
    const token = signLink(container, {
      decision_id: answer.decision_id,
      product_id,
      position,
      customer_id: input.customer_id ?? null,
      expires_at,
    })
    return { ...one, image: absolute(one.image, server), link: `${server}/marketing/r/${token}` }
  })
  return {
    html: emailHtml(products),
    text: emailText(products),
    decision_id: answer.decision_id,
    product_ids: shown.map(({ product_id }) => product_id),
    expires_at: new Date(expires_at).toISOString(),
  }
}

interface Region {
  id: string
  currency_code: string
}

/** The region asked for, else the store's default one; null: the store has none, and prices are left out. */
async function regionOf(container: MedusaContainer, asked: string | undefined): Promise<Region | null> {
  const [store] = asked ? [] : await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const id = asked ?? store?.default_region_id
  if (!id) return null
  const [region] = await container.resolve(Modules.REGION).listRegions({ id }, { take: 1 })
  if (!region && asked) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `region_id: there is no region ${asked}`)
  }
  return region ?? null
}

async function shownProducts(
  container: MedusaContainer,
  recommended: readonly Recommended[],
  region: Region | null,
  locale: string,
) {
  const pg = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  const ids = recommended.map(({ product_id }) => product_id)
  const about = recommended.flatMap(({ reason: { data } }) => ("product_id" in data ? data.product_id : []))
  const [read, titles] = await Promise.all([
    readShelfProducts(pg, ids),
    titlesOf(container, [...new Set([...ids, ...about])], locale),
  ])
  const products = new Map(read.map((product) => [product.id, product]))
  const amounts = await amountsOf(container, read, region)
  return recommended.flatMap(({ product_id, reason }) => {
    const product = products.get(product_id)
    if (!product) return []
    const priced = product.variants.flatMap(({ price_set_id }) => amounts.get(price_set_id ?? "") ?? [])
    return {
      product_id,
      title: titles.get(product_id)?.title ?? product.title,
      image: product.thumbnail,
      price: region && priceLine(priced, region.currency_code, locale),
      reason: reasonLine(reason, locale, (id) => titles.get(id)?.title),
    }
  })
}

/** Prices of the region by price set, in major units. */
async function amountsOf(
  container: MedusaContainer,
  products: readonly ShelfProduct[],
  region: Region | null,
): Promise<Map<string, number>> {
  const ids = products.flatMap(({ variants }) => variants.flatMap(({ price_set_id }) => price_set_id ?? []))
  if (!region || ids.length === 0) return new Map()
  const prices = await container
    .resolve(Modules.PRICING)
    .calculatePrices({ id: ids }, { context: { region_id: region.id, currency_code: region.currency_code } })
  return new Map(
    prices.flatMap(({ id, calculated_amount }) =>
      calculated_amount == null ? [] : [[id, Number(calculated_amount)] as const],
    ),
  )
}

/** Mail programs know no "this server"; what is not on the web is left out. */
function absolute(image: string | null, server: string): string | null {
  if (!image) return null
  try {
    const url = new URL(image, `${server}/`)
    return /^https?:$/.test(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
