import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  ExperimentAnswer,
  ExperimentBody,
  ExperimentHistoryAnswer,
  ExperimentsAnswer,
  ExperimentSummary,
  PlanAnswer,
  PlanBody,
  StopExperimentBody,
} from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const experimentsQueryKeys = queryKeysFactory("experiments")
const plansQueryKeys = queryKeysFactory("experiment-plans")

const ROUTE = "/admin/marketing/experiments"

interface ExperimentsQuery {
  status?: ExperimentSummary["status"]
  limit: number
  offset: number
}

export const useExperiments = (query: ExperimentsQuery) => {
  const { data, ...rest } = useQuery({
    queryKey: experimentsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<ExperimentsAnswer>(ROUTE, { query: { ...query } }),
    placeholderData: keepPreviousData,
  })
  return { ...data, ...rest }
}

export const useExperiment = (id: string) => {
  const { data, ...rest } = useQuery({
    queryKey: experimentsQueryKeys.detail(id),
    queryFn: () => sdk.client.fetch<ExperimentAnswer>(`${ROUTE}/${id}`),
    retry: 1,
  })
  return { experiment: data?.experiment, result: data?.result, ...rest }
}

/** The primary metric day by day. */
export const useExperimentHistory = (id: string, enabled: boolean) => {
  const { data, ...rest } = useQuery({
    queryKey: [...experimentsQueryKeys.detail(id), "history"],
    queryFn: () => sdk.client.fetch<ExperimentHistoryAnswer>(`${ROUTE}/${id}/history`),
    enabled,
  })
  return { history: data?.history, ...rest }
}

/** How long an experiment would have to run; null while the form has nothing sound to ask. */
export const usePlan = (body: PlanBody | null) => {
  const { data, ...rest } = useQuery({
    queryKey: plansQueryKeys.list(body ?? {}),
    queryFn: () => sdk.client.fetch<PlanAnswer>(`${ROUTE}/plan`, { method: "POST", body: body ?? undefined }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return { plan: data?.plan, ...rest }
}

/** Puts what the server answered where the pages read it, and has what depends on it read again. */
function useKeepExperiment() {
  const queryClient = useQueryClient()
  return (answer: ExperimentAnswer) => {
    queryClient.setQueryData(experimentsQueryKeys.detail(answer.experiment.id), answer)
    void queryClient.invalidateQueries({ queryKey: experimentsQueryKeys.lists() })
    void queryClient.invalidateQueries({
      queryKey: [...experimentsQueryKeys.detail(answer.experiment.id), "history"],
    })
  }
}

export const useCreateExperiment = () => {
  const keep = useKeepExperiment()
  return useMutation({
    mutationFn: (body: ExperimentBody) => sdk.client.fetch<ExperimentAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: keep,
  })
}

export const useUpdateExperiment = (id: string) => {
  const keep = useKeepExperiment()
  return useMutation({
    mutationFn: (body: ExperimentBody & { version: number }) =>
      sdk.client.fetch<ExperimentAnswer>(`${ROUTE}/${id}`, { method: "POST", body }),
    onSuccess: keep,
  })
}

export const useStartExperiment = (id: string) => {
  const keep = useKeepExperiment()
  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<ExperimentAnswer>(`${ROUTE}/${id}/start`, { method: "POST", body: {} }),
    onSuccess: keep,
  })
}

export const useStopExperiment = (id: string) => {
  const keep = useKeepExperiment()
  return useMutation({
    mutationFn: (body: StopExperimentBody) =>
      sdk.client.fetch<ExperimentAnswer>(`${ROUTE}/${id}/stop`, { method: "POST", body }),
    onSuccess: keep,
  })
}

/** Reads the store's rows again and reckons the figures anew. */
export const useRefreshExperiment = (id: string) => {
  const keep = useKeepExperiment()
  return useMutation({
    mutationFn: () =>
      sdk.client.fetch<ExperimentAnswer>(`${ROUTE}/${id}/refresh`, { method: "POST", body: {} }),
    onSuccess: keep,
  })
}

export const useDeleteExperiment = (id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => sdk.client.fetch(`${ROUTE}/${id}`, { method: "DELETE" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: experimentsQueryKeys.lists() }),
  })
}
