import { useQuery } from "@tanstack/react-query"
import type { ProductRecommendationsAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const productRecommendationsQueryKeys = queryKeysFactory("product-recommendations")

export const useProductRecommendations = (productId: string, query: { limit: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: [...productRecommendationsQueryKeys.detail(productId), query],
    queryFn: () =>
      sdk.client.fetch<ProductRecommendationsAnswer>(
        `/admin/marketing/products/${productId}/recommendations`,
        { query },
      ),
  })
  return { ...data, ...rest }
}
