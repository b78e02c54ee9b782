import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const catalogueQueryKeys = queryKeysFactory("catalogue")

/** What can be picked from Medusa's own lists. */
export type CatalogueKind = "product" | "category" | "collection" | "type" | "tag" | "customer"

export interface CatalogueEntry {
  id: string
  label: string
  thumbnail?: string | null
}

interface ListQuery {
  q?: string
  id?: string[]
  limit: number
  offset: number
}
interface Page {
  entries: CatalogueEntry[]
  count: number
  offset: number
}

const PAGE = 20

const LISTS: Record<CatalogueKind, (query: ListQuery) => Promise<Page>> = {
  product: async (query) => {
    const { products, count, offset } = await sdk.admin.product.list({
      ...query,
      fields: "id,title,thumbnail",
      order: "title",
    })
    return {
      entries: products.map(({ id, title, thumbnail }) => ({ id, label: title, thumbnail })),
      count,
      offset,
    }
  },
  category: async (query) => {
    const { product_categories, count, offset } = await sdk.admin.productCategory.list({
      ...query,
      fields: "id,name,parent_category.name",
    })
    return {
      entries: product_categories.map(({ id, name, parent_category }) => ({
        id,
        label: parent_category ? `${parent_category.name} › ${name}` : name,
      })),
      count,
      offset,
    }
  },
  collection: async (query) => {
    const { collections, count, offset } = await sdk.admin.productCollection.list({
      ...query,
      fields: "id,title",
    })
    return { entries: collections.map(({ id, title }) => ({ id, label: title })), count, offset }
  },
  type: async (query) => {
    const { product_types, count, offset } = await sdk.admin.productType.list({
      ...query,
      fields: "id,value",
    })
    return { entries: product_types.map(({ id, value }) => ({ id, label: value })), count, offset }
  },
  tag: async (query) => {
    const { product_tags, count, offset } = await sdk.admin.productTag.list({ ...query, fields: "id,value" })
    return { entries: product_tags.map(({ id, value }) => ({ id, label: value })), count, offset }
  },
  customer: async (query) => {
    const { customers, count, offset } = await sdk.admin.customer.list({
      ...query,
      fields: "id,email,first_name,last_name",
    })
    return {
      entries: customers.map(({ id, email, first_name, last_name }) => {
        const name = [first_name, last_name].filter(Boolean).join(" ")
        return { id, label: name ? `${name} · ${email}` : email }
      }),
      count,
      offset,
    }
  },
}

/** Entries whose text holds `search`, page by page. */
export const useCatalogueSearch = (kind: CatalogueKind, search: string) => {
  const { data, ...rest } = useInfiniteQuery({
    queryKey: [...catalogueQueryKeys.list({ kind, search })],
    queryFn: ({ pageParam }) => LISTS[kind]({ q: search || undefined, limit: PAGE, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: ({ count, offset }) => (offset + PAGE < count ? offset + PAGE : undefined),
    placeholderData: keepPreviousData,
  })
  return { entries: data?.pages.flatMap((page) => page.entries) ?? [], ...rest }
}

/** What the ids are called; an id that is gone is missing from the map. */
export const useCatalogueEntries = (kind: CatalogueKind, ids: string[]) => {
  const wanted = [...new Set(ids)].sort()
  const { data } = useQuery({
    queryKey: [...catalogueQueryKeys.details(), kind, wanted],
    queryFn: async () => {
      const { entries } = await LISTS[kind]({ id: wanted, limit: wanted.length, offset: 0 })
      return new Map(entries.map((entry) => [entry.id, entry]))
    },
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  })
  return wanted.length > 0 ? data : NOTHING
}

const NOTHING = new Map<string, CatalogueEntry>()
