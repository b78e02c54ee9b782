import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ReplayAnswer, ReplayBody, ReplaysAnswer } from "../../../src/types/http"
import { isUnderWay } from "../../lib/jobs"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const replaysQueryKeys = queryKeysFactory("replays")

/** The replays of a model, followed while one is under way. */
export const useReplays = (modelId: string, query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: [...replaysQueryKeys.detail(modelId), query],
    queryFn: () =>
      sdk.client.fetch<ReplaysAnswer>(`/admin/marketing/models/${modelId}/replays`, { query: { ...query } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.replays.some(isUnderWay) ? 1_000 : false),
  })
  return { ...data, ...rest }
}

export const useStartReplay = (modelId: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ReplayBody) =>
      sdk.client.fetch<ReplayAnswer>(`/admin/marketing/models/${modelId}/replays`, { method: "POST", body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: replaysQueryKeys.detail(modelId) }),
  })
}
