import {
  createApiKeysWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { OnProgress } from "./progress"

/** A market of the store: the countries that buy in one currency. */
export interface Market {
  name: string
  currency: string
  countries: readonly string[]
  /** Price of standard delivery. */
  shipping: number
}

export interface BaseOptions {
  markets: readonly Market[]
  storeName?: string
  admin?: { email: string; password: string }
  onProgress?: OnProgress
}

/** Ids of what every store needs before it can sell. */
export interface BaseStore {
  storeId: string
  salesChannelId: string
  stockLocationId: string
  shippingProfileId: string
  publishableKey: string
  admin: { email: string; password: string }
  /** Country → its region. */
  regions: Map<string, { id: string; currency: string; shippingOptionId: string }>
}

const ADMIN = { email: "admin@example.com", password: "marketing" }

/**
 * Everything a store needs but a catalogue: admin user, currencies, regions, taxes, sales channel, stock location, shipping and
 * return options, manual payment, publishable key. What is already there is kept, so it may run again.
 */
export async function seedBase(container: MedusaContainer, options: BaseOptions): Promise<BaseStore> {
  const { markets, admin = ADMIN, storeName = "Sample store", onProgress } = options
  const report = (done: number) => onProgress?.({ step: "store basics", done, total: 6 })
  report(0)
  await ensureAdmin(container, admin)
  report(1)
  const salesChannelId = await ensureSalesChannel(container)
  const publishableKey = await ensurePublishableKey(container, salesChannelId)
  report(2)
  const stockLocationId = await ensureStockLocation(container, markets[0].countries[0], salesChannelId)
  report(3)
  const storeId = await setUpStore(container, storeName, markets, salesChannelId, stockLocationId)
  const regionIds = await ensureRegions(container, markets)
  report(4)
  const shippingProfileId = await ensureShippingProfile(container)
  const shippingOptions = await ensureShipping(
    container,
    markets,
    regionIds,
    stockLocationId,
    shippingProfileId,
  )
  report(6)
  const regions: BaseStore["regions"] = new Map()
  for (const market of markets) {
    for (const country of market.countries) {
      regions.set(country, {
        id: regionIds.get(market.name)!,
        currency: market.currency,
        shippingOptionId: shippingOptions.get(market.name)!,
      })
    }
  }
  return { storeId, salesChannelId, stockLocationId, shippingProfileId, publishableKey, admin, regions }
}

async function ensureAdmin(
  container: MedusaContainer,
  { email, password }: { email: string; password: string },
) {
  const users = container.resolve(Modules.USER)
  const auth = container.resolve(Modules.AUTH)
  const [known] = await users.listUsers({ email })
  if (known) return
  const user = await users.createUsers({ email, first_name: "Store", last_name: "Admin" })
  const { authIdentity, error } = await auth.register("emailpass", { body: { email, password } })
  if (!authIdentity) throw new Error(`seed: the admin user ${email} could not be registered: ${error}`)
  await auth.updateAuthIdentities({ id: authIdentity.id, app_metadata: { user_id: user.id } })
}

async function ensureSalesChannel(container: MedusaContainer): Promise<string> {
  const [known] = await container
    .resolve(Modules.SALES_CHANNEL)
    .listSalesChannels({}, { take: 1, order: { created_at: "ASC" } })
  if (known) return known.id
  const { result } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Online shop" }] },
  })
  return result[0].id
}

async function ensurePublishableKey(container: MedusaContainer, salesChannelId: string): Promise<string> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "api_key",
    fields: ["id", "token", "revoked_at", "sales_channels_link.sales_channel_id"],
    filters: { type: "publishable" },
  })
  const keys = data as {
    id: string
    token: string
    revoked_at: Date | null
    sales_channels_link?: { sales_channel_id: string }[]
  }[]
  const linked = keys.find(
    (key) =>
      !key.revoked_at && key.sales_channels_link?.some((link) => link.sales_channel_id === salesChannelId),
  )
  if (linked) return linked.token
  const { result } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Storefront", type: "publishable", created_by: "" }] },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: result[0].id, add: [salesChannelId] },
  })
  return result[0].token
}

const LOCATION = "Warehouse"

async function ensureStockLocation(
  container: MedusaContainer,
  country: string,
  salesChannelId: string,
): Promise<string> {
  const [known] = await container
    .resolve(Modules.STOCK_LOCATION)
    .listStockLocations({ name: LOCATION }, { take: 1 })
  if (known) return known.id
  const { result } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [{ name: LOCATION, address: { address_1: "", country_code: country.toUpperCase() } }],
    },
  })
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: result[0].id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  })
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: result[0].id, add: [salesChannelId] },
  })
  return result[0].id
}

async function setUpStore(
  container: MedusaContainer,
  name: string,
  markets: readonly Market[],
  salesChannelId: string,
  stockLocationId: string,
): Promise<string> {
  const stores = container.resolve(Modules.STORE)
  const [known] = await stores.listStores({}, { take: 1 })
  // Set up before: whatever the merchant has changed since is theirs.
  if (known?.default_location_id === stockLocationId) return known.id
  const store = known ?? (await stores.createStores({ name }))
  const currencies = [...new Set(markets.map((market) => market.currency))]
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: {
        name,
        supported_currencies: currencies.map((currency_code, i) => ({ currency_code, is_default: i === 0 })),
        default_sales_channel_id: salesChannelId,
        default_location_id: stockLocationId,
      },
    },
  })
  return store.id
}

async function ensureRegions(
  container: MedusaContainer,
  markets: readonly Market[],
): Promise<Map<string, string>> {
  const known = await container.resolve(Modules.REGION).listRegions({}, { take: null })
  const ids = new Map(known.map((region) => [region.name, region.id]))
  const missing = markets.filter((market) => !ids.has(market.name))
  if (!missing.length) return ids
  const { result } = await createRegionsWorkflow(container).run({
    input: {
      regions: missing.map((market) => ({
        name: market.name,
        currency_code: market.currency,
        countries: [...market.countries],
        payment_providers: ["pp_system_default"],
        automatic_taxes: false,
      })),
    },
  })
  for (const region of result) ids.set(region.name, region.id)
  const taxed = new Set(
    (await container.resolve(Modules.TAX).listTaxRegions({}, { take: null })).map((tax) => tax.country_code),
  )
  const untaxed = missing.flatMap((market) => market.countries).filter((country) => !taxed.has(country))
  await createTaxRegionsWorkflow(container).run({
    input: untaxed.map((country_code) => ({ country_code, provider_id: "tp_system" })),
  })
  return ids
}

async function ensureShippingProfile(container: MedusaContainer): Promise<string> {
  const [known] = await container
    .resolve(Modules.FULFILLMENT)
    .listShippingProfiles({ type: "default" }, { take: 1 })
  if (known) return known.id
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  })
  return result[0].id
}

/** One service zone a market, with a delivery and a return option. */
async function ensureShipping(
  container: MedusaContainer,
  markets: readonly Market[],
  regionIds: Map<string, string>,
  stockLocationId: string,
  shippingProfileId: string,
): Promise<Map<string, string>> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const known = await fulfillment.listShippingOptions({}, { take: null, relations: ["service_zone"] })
  const options = new Map(
    known
      .filter((option) => option.name === "Standard delivery")
      .map((option) => [option.service_zone.name, option.id] as const),
  )
  const missing = markets.filter((market) => !options.has(market.name))
  if (!missing.length) return options
  const set = await fulfillment.createFulfillmentSets({
    name: `Delivery ${missing.map((market) => market.name).join(", ")}`,
    type: "shipping",
    service_zones: missing.map((market) => ({
      name: market.name,
      geo_zones: market.countries.map((country_code) => ({ type: "country" as const, country_code })),
    })),
  })
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: stockLocationId },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  })
  const zones = new Map(set.service_zones.map((zone) => [zone.name, zone.id]))
  const { result } = await createShippingOptionsWorkflow(container).run({
    input: missing.flatMap((market) =>
      [false, true].map((isReturn) => ({
        name: isReturn ? "Return by post" : "Standard delivery",
        price_type: "flat" as const,
        provider_id: "manual_manual",
        service_zone_id: zones.get(market.name)!,
        shipping_profile_id: shippingProfileId,
        type: isReturn
          ? { label: "Return", description: "Send it back by post.", code: "return" }
          : { label: "Standard", description: "Two to five days.", code: "standard" },
        prices: [
          { currency_code: market.currency, amount: isReturn ? 0 : market.shipping },
          { region_id: regionIds.get(market.name)!, amount: isReturn ? 0 : market.shipping },
        ],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" as const },
          { attribute: "is_return", value: String(isReturn), operator: "eq" as const },
        ],
      })),
    ),
  })
  const market = new Map(set.service_zones.map((zone) => [zone.id, zone.name]))
  for (const option of result) {
    if (option.name === "Standard delivery") options.set(market.get(option.service_zone_id)!, option.id)
  }
  return options
}
