/**
 * A small real store for specs, made by Medusa's own workflows.
 *
 *   createStore(container, { products? }) -> StoreFixture     region, channel, key, shipping, stock, products, admin
 *   signInAdmin(url, admin)               -> { authorization }  over HTTP, for `fetch` and `api` calls
 *   placeOrder(url, store, lines)         -> order             cart to order through the real Store API
 *
 * `container` is Medusa's: `getContainer()` in a spec of medusaIntegrationTestRunner, or the one `medusa exec` gives.
 */
import {
  createApiKeysWorkflow,
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  createUserAccountWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

export interface StoreFixture {
  publishable_key: string
  region_id: string
  sales_channel_id: string
  stock_location_id: string
  shipping_option_id: string
  /** In the order in which they were made: "Cup 1", "Cup 2", … one variant each, 10 + its number EUR. */
  products: { id: string; variant_id: string; handle: string; title: string }[]
  admin: { email: string; password: string }
}

export async function createStore(
  container: MedusaContainer,
  { products = 6 }: { products?: number } = {},
): Promise<StoreFixture> {
  const channel = await createChannel(container)
  const publishable_key = await createKey(container, channel)
  const region_id = await createRegion(container)
  const { stock_location_id, shipping_option_id, shipping_profile_id } = await createShipping(
    container,
    channel,
  )
  return {
    publishable_key,
    region_id,
    sales_channel_id: channel,
    stock_location_id,
    shipping_option_id,
    products: await createProducts(container, products, { channel, stock_location_id, shipping_profile_id }),
    admin: await createAdmin(container),
  }
}

async function createChannel(container: MedusaContainer): Promise<string> {
  const { result } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Webshop" }] },
  })
  return result[0].id
}

async function createKey(container: MedusaContainer, channel: string): Promise<string> {
  const { result } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Webshop", type: "publishable", created_by: "" }] },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: result[0].id, add: [channel] } })
  return result[0].token
}

async function createRegion(container: MedusaContainer): Promise<string> {
  const { result } = await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: "Europe",
          currency_code: "eur",
          countries: ["de", "fr"],
          payment_providers: ["pp_system_default"],
        },
      ],
    },
  })
  await createTaxRegionsWorkflow(container).run({
    input: ["de", "fr"].map((country_code) => ({ country_code, provider_id: "tp_system" })),
  })
  return result[0].id
}

async function createShipping(container: MedusaContainer, channel: string) {
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const { result: locations } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [{ name: "Warehouse", address: { city: "Berlin", country_code: "de", address_1: "" } }],
    },
  })
  const location = locations[0].id
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location, add: [channel] } })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  })
  const { result: profiles } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Parcels", type: "default" }] },
  })
  const set = await fulfillment.createFulfillmentSets({
    name: "Parcels",
    type: "shipping",
    service_zones: [
      {
        name: "Europe",
        geo_zones: ["de", "fr"].map((country_code) => ({ country_code, type: "country" as const })),
      },
    ],
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  })
  const { result: options } = await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Parcel",
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: set.service_zones[0].id,
        shipping_profile_id: profiles[0].id,
        type: { label: "Parcel", description: "Two days", code: "parcel" },
        prices: [{ currency_code: "eur", amount: 5 }],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  })
  return {
    stock_location_id: location,
    shipping_option_id: options[0].id,
    shipping_profile_id: profiles[0].id,
  }
}

async function createProducts(
  container: MedusaContainer,
  count: number,
  place: { channel: string; stock_location_id: string; shipping_profile_id: string },
): Promise<StoreFixture["products"]> {
  const { result } = await createProductsWorkflow(container).run({
    input: {
      products: Array.from({ length: count }, (_, i) => ({
        title: `Cup ${i + 1}`,
        handle: `cup-${i + 1}`,
        description: `Stoneware cup number ${i + 1}`,
        status: "published" as const,
        shipping_profile_id: place.shipping_profile_id,
        sales_channels: [{ id: place.channel }],
        options: [{ title: "Size", values: ["One"] }],
        variants: [
          {
            title: "One",
            sku: `CUP-${i + 1}`,
            options: { Size: "One" },
            manage_inventory: true,
            prices: [{ currency_code: "eur", amount: 10 + i }],
          },
        ],
      })),
    },
  })
  const { data: items } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "inventory_item", fields: ["id"] })
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: items.map((item) => ({
        inventory_item_id: item.id,
        location_id: place.stock_location_id,
        stocked_quantity: 1000,
      })),
    },
  })
  return result
    .map(({ id, handle, title, variants }) => ({ id, variant_id: variants[0].id, handle, title }))
    .sort((a, b) => Number(a.title.slice(4)) - Number(b.title.slice(4)))
}

async function createAdmin(container: MedusaContainer): Promise<StoreFixture["admin"]> {
  const admin = { email: "admin@example.com", password: "supersecret" }
  const { authIdentity, error } = await container
    .resolve(Modules.AUTH)
    .register("emailpass", { body: { ...admin } })
  if (!authIdentity) {
    throw new Error(`The admin could not be registered: ${error}`)
  }
  await createUserAccountWorkflow(container).run({
    input: { authIdentityId: authIdentity.id, userData: { email: admin.email } },
  })
  return admin
}

/** Headers of a signed-in admin. */
export async function signInAdmin(
  url: string,
  admin: { email: string; password: string },
): Promise<{ authorization: string }> {
  const { token } = await call<{ token: string }>(`${url}/auth/user/emailpass`, { body: admin })
  return { authorization: `Bearer ${token}` }
}

/** Buys `lines` as a guest, or as the customer whose token stands in `headers`. */
export async function placeOrder(
  url: string,
  store: StoreFixture,
  lines: { variant_id: string; quantity: number }[],
  headers: Record<string, string> = {},
): Promise<{ id: string; items: { id: string; product_id: string; variant_id: string }[] }> {
  const all = { ...headers, "x-publishable-api-key": store.publishable_key }
  const address = {
    first_name: "Ada",
    last_name: "Buyer",
    address_1: "Street 1",
    city: "Berlin",
    postal_code: "10115",
    country_code: "de",
  }
  const post = <T>(path: string, body: unknown) => call<T>(`${url}/store${path}`, { body, headers: all })
  const { cart } = await post<{ cart: { id: string } }>("/carts", {
    region_id: store.region_id,
    sales_channel_id: store.sales_channel_id,
    email: "ada@example.com",
    shipping_address: address,
    billing_address: address,
  })
  for (const line of lines) {
    await post(`/carts/${cart.id}/line-items`, line)
  }
  await post(`/carts/${cart.id}/shipping-methods`, { option_id: store.shipping_option_id })
  const { payment_collection } = await post<{ payment_collection: { id: string } }>("/payment-collections", {
    cart_id: cart.id,
  })
  await post(`/payment-collections/${payment_collection.id}/payment-sessions`, {
    provider_id: "pp_system_default",
  })
  const answer = await post<{ order: { id: string; items: [] } }>(`/carts/${cart.id}/complete`, {})
  return answer.order
}

/** JSON in, JSON out; anything but a 2xx throws with what the server said. */
export async function call<T>(
  url: string,
  { method, body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<T> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`${response.status} from ${url}: ${text.slice(0, 500)}`)
  }
  return JSON.parse(text) as T
}
