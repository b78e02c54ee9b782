import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { PerformanceAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const performanceQueryKeys = queryKeysFactory("performance")

export interface PerformanceQuery {
  /** Days of UTC, YYYY-MM-DD; `to` is included. */
  from: string
  to: string
  /** Handle of a placement; without one, all of them. */
  placement?: string
}

export const usePerformance = (query: PerformanceQuery) => {
  const { data, ...rest } = useQuery({
    queryKey: performanceQueryKeys.list(query),
    queryFn: () =>
      sdk.client.fetch<PerformanceAnswer>("/admin/marketing/placements/performance", {
        query: { ...query },
      }),
    placeholderData: keepPreviousData,
  })
  return { performance: data?.performance, ...rest }
}
