import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { AlertAnswer, AlertsAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const alertsQueryKeys = queryKeysFactory("alerts")

const ROUTE = "/admin/marketing/alerts"
const REFRESH_MS = 5_000

export const useAlerts = (query: { open?: boolean; limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: alertsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<AlertsAnswer>(ROUTE, { query: { ...query } }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
  return { ...data, ...rest }
}

export const useResolveAlert = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sdk.client.fetch<AlertAnswer>(`${ROUTE}/${id}/resolve`, { method: "POST", body: {} }),
    // Not waited for: the row that this was pressed in goes with the answer, and would take its message along.
    onSettled: () => void queryClient.invalidateQueries({ queryKey: alertsQueryKeys.all }),
  })
}
