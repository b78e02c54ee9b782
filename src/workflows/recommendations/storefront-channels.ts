import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

/**
 * The sales channels that storefronts show, for an answer that no storefront asked for: those of the publishable keys in use,
 * else the store's default one.
 */
export async function storefrontChannels(container: MedusaContainer): Promise<string[]> {
  const { data: keys } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "api_key",
    fields: ["id", "sales_channels.id"],
    filters: { type: "publishable", revoked_at: null },
  })
  const open = (keys as { sales_channels?: ({ id: string } | null)[] }[]).flatMap(({ sales_channels = [] }) =>
    sales_channels.flatMap((channel) => channel?.id ?? []),
  )
  if (open.length > 0) return [...new Set(open)]
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  return store?.default_sales_channel_id ? [store.default_sales_channel_id] : []
}
