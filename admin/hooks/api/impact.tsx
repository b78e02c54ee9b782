import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { ImpactAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const impactQueryKeys = queryKeysFactory("impact")

/** Days of UTC, YYYY-MM-DD; both are included. */
export const useImpact = (query: { from: string; to: string }) => {
  const { data, ...rest } = useQuery({
    queryKey: impactQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<ImpactAnswer>("/admin/marketing/impact", { query }),
    placeholderData: keepPreviousData,
  })
  return { impact: data?.impact, ...rest }
}
