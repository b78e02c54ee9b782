import { useQuery } from "@tanstack/react-query"
import type { ProductShelvesAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const productShelvesQueryKeys = queryKeysFactory("product-shelves")

export const useProductShelves = (productId: string) => {
  const { data, ...rest } = useQuery({
    queryKey: productShelvesQueryKeys.detail(productId),
    queryFn: () => sdk.client.fetch<ProductShelvesAnswer>(`/admin/marketing/products/${productId}/shelves`),
  })
  return { shelves: data, ...rest }
}
