import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { BackfillAnswer, JobProgress } from "../../../src/types/http"
import { isUnderWay, latestOf } from "../../lib/jobs"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { overviewQueryKeys } from "./overview"

export const backfillsQueryKeys = queryKeysFactory("backfills")

/** Follows the back-fill the overview tells of, once a second while it is under way. */
export const useBackfill = (backfill: JobProgress | null | undefined) => {
  const { data } = useQuery({
    queryKey: backfillsQueryKeys.detail(backfill?.id ?? ""),
    queryFn: () => sdk.client.fetch<BackfillAnswer>(`/admin/marketing/backfills/${backfill?.id}`),
    enabled: isUnderWay(backfill),
    refetchInterval: 1_000,
  })
  return latestOf(backfill, data?.backfill)
}

export const useStartBackfill = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<BackfillAnswer>("/admin/marketing/backfills", { method: "POST", body: {} }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: overviewQueryKeys.all }),
  })
}
