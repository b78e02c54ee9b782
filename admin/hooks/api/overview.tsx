import { useQuery, useQueryClient } from "@tanstack/react-query"
import type { OverviewAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const overviewQueryKeys = queryKeysFactory("overview")

const REFRESH_MS = 5_000

export const useOverview = () => {
  const { data, ...rest } = useQuery({
    queryKey: overviewQueryKeys.detail("store"),
    queryFn: () => sdk.client.fetch<OverviewAnswer>("/admin/marketing/overview"),
    refetchInterval: REFRESH_MS,
    // A failed refresh is followed by the next one anyway; only the first load is worth trying again at once.
    retry: 1,
  })
  return { overview: data?.overview, ...rest }
}

export const useRefreshOverview = () => {
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries({ queryKey: overviewQueryKeys.all })
}
