import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { JobProgress, TrainingRunAnswer, TrainingRunsAnswer } from "../../../src/types/http"
import { isUnderWay, latestOf } from "../../lib/jobs"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { overviewQueryKeys } from "./overview"

export const trainingRunsQueryKeys = queryKeysFactory("training-runs")

/** Follows the run the overview tells of, once a second while it is under way. */
export const useTrainingRun = (run: JobProgress | null | undefined) => {
  const { data } = useQuery({
    queryKey: trainingRunsQueryKeys.detail(run?.id ?? ""),
    queryFn: () => sdk.client.fetch<TrainingRunAnswer>(`/admin/marketing/training-runs/${run?.id}`),
    enabled: isUnderWay(run),
    refetchInterval: 1_000,
  })
  return latestOf(run, data?.training_run)
}

export const useTrainingRuns = (query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: trainingRunsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<TrainingRunsAnswer>("/admin/marketing/training-runs", { query }),
    placeholderData: keepPreviousData,
    // A training that began elsewhere, at night or in another tab, shows itself.
    refetchInterval: ({ state }) => (state.data?.training_runs.some(isUnderWay) ? 1_000 : 15_000),
  })
  return { ...data, ...rest }
}

export const useStartTraining = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<TrainingRunAnswer>("/admin/marketing/training-runs", { method: "POST", body: {} }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: overviewQueryKeys.all }),
        queryClient.invalidateQueries({ queryKey: trainingRunsQueryKeys.lists() }),
      ]),
  })
}
