import { useQuery } from "@tanstack/react-query"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const storeQueryKeys = queryKeysFactory("store")

/** The store's currencies, its default one first. */
export const useStoreCurrencies = () => {
  const { data, ...rest } = useQuery({
    queryKey: storeQueryKeys.detail("currencies"),
    queryFn: async () => {
      const { stores } = await sdk.admin.store.list()
      return [...(stores[0]?.supported_currencies ?? [])]
        .sort((a, b) => Number(b.is_default) - Number(a.is_default))
        .map((currency) => currency.currency_code)
    },
  })
  return { currencies: data, ...rest }
}

/** A publishable key that storefronts of this store use; null when there is none yet. */
export const usePublishableKey = () => {
  const { data, ...rest } = useQuery({
    queryKey: storeQueryKeys.detail("publishable-key"),
    queryFn: async () => {
      const { api_keys } = await sdk.admin.apiKey.list({ type: "publishable", limit: 20 })
      return api_keys.find((key) => !key.revoked_at)?.token ?? null
    },
  })
  return { publishableKey: data, ...rest }
}

/** Where the store sells: its regions with their countries. */
export const useRegions = () => {
  const { data, ...rest } = useQuery({
    queryKey: storeQueryKeys.detail("regions"),
    queryFn: async () => {
      const { regions } = await sdk.admin.region.list({ limit: 100, fields: "id,name,*countries" })
      return regions
    },
  })
  return { regions: data, ...rest }
}
