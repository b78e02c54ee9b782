import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import type { ShelfProduct as Recommended } from "../../core/recommendations"
import { readShelfProducts, type ShelfProduct } from "../../datasets/products"
import { RECOMMENDATIONS_MODULE, type RecommendationsModuleService } from "../../modules/recommendations"
import { SIGNALS_MODULE, type SignalsModuleService } from "../../modules/signals"
import type { EmailAnswer } from "../../types/http/placements"
import { countryOfCustomer } from "./customer-country"
import { emailHtml, emailText, type EmailProduct } from "./email-fragment"
import { priceLine, reasonLine } from "./email-texts"
import { titlesOf } from "./product-titles"
import { recommendProducts } from "./recommend"
import { LINKS_LAST_DAYS, signLink } from "./shelf-link"
import { storefrontChannels } from "./storefront-channels"

const DAY = 86_400_000

export interface EmailInput {
  placement_id: string
  customer_id?: string
  locale?: string
  region_id?: string
  /** Whose products it may show. Default: those of the storefront's channels. */
  sales_channel_id?: string
  limit?: number
  /** Where this server is reached from outside, without a slash at its end. */
  server: string
}

/**
 * A placement as a piece of an e-mail, noted as served: what was sent is an answer like any other. Empty, and why, where the
 * placement would hide itself on a page.
 * @throws NOT_FOUND for a customer whom the store does not have or whose data was erased, and for an unknown region or channel
 */
export async function renderEmail(
  container: MedusaContainer,
  { placement_id, locale = "en", server, sales_channel_id, ...input }: EmailInput,
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
  const { settings } = placement
  if (!settings.enabled) return emptyPiece(`"${settings.name}" is switched off`)
  const region = await regionOf(container, input.region_id)
  const { customer_id } = input
  const country_code = customer_id
    ? await countryOfCustomer(container, customer_id, onlyCountryOf(region))
    : undefined
  const answer = await recommendProducts(container, {
    ...input,
    placement: placement.handle,
    region_id: region?.id,
    country_code,
    sales_channel_ids: await channelsOf(container, sales_channel_id),
    channel: "email",
    now,
  })
  if (answer.held_out)
    return emptyPiece("this customer is in a control group, which shows what the shelves are worth")
  const shown = await shownProducts(container, answer.recommendations, region, locale)
  const named = answer.recommendations.length
  if (named < Math.min(settings.minimum, answer.limit)) {
    return emptyPiece(
      `"${settings.name}" has ${named} ${named === 1 ? "product" : "products"} to show here, and hides itself below ${settings.minimum}`,
    )
  }
  const expires_at = now + LINKS_LAST_DAYS * DAY
  const products = shown.map(({ product_id, ...one }, position): EmailProduct => {
    const token = signLink(container, {
      decision_id: answer.decision_id,
      product_id,
      position,
      customer_id: customer_id ?? null,
      country_code: country_code ?? null,
      expires_at,
    })
    return { ...one, image: absolute(one.image, server), link: `${server}/marketing/r/${token}` }
  })
  return {
    html: emailHtml(products),
    text: emailText(products),
    empty: null,
    decision_id: answer.decision_id,
    product_ids: shown.map(({ product_id }) => product_id),
    expires_at: new Date(expires_at).toISOString(),
  }
}

/** Nothing to send, and nothing noted. */
function emptyPiece(empty: string): EmailAnswer["email"] {
  return { html: "", text: "", empty, decision_id: null, product_ids: [], expires_at: null }
}

async function channelsOf(container: MedusaContainer, asked: string | undefined): Promise<string[]> {
  if (!asked) return storefrontChannels(container)
  const found = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({ id: asked }, { take: 1 })
  if (found.length === 0) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `sales_channel_id: there is no sales channel ${asked}`)
  }
  return [asked]
}

interface Region {
  id: string
  currency_code: string
  countries: { iso_2?: string }[]
}

function onlyCountryOf(region: Region | null): string | null {
  return region?.countries.length === 1 ? (region.countries[0].iso_2 ?? null) : null
}

/** The region asked for, else the store's default one; null: the store has none, and prices are left out. */
async function regionOf(container: MedusaContainer, asked: string | undefined): Promise<Region | null> {
  const [store] = asked ? [] : await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const id = asked ?? store?.default_region_id
  if (!id) return null
  const [region] = await container
    .resolve(Modules.REGION)
    .listRegions({ id }, { take: 1, relations: ["countries"] })
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
