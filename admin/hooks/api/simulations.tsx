import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { SimulationAnswer, SimulationBody, SimulationsAnswer } from "../../../src/types/http"
import { isUnderWay } from "../../lib/jobs"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const simulationsQueryKeys = queryKeysFactory("simulations")

const ROUTE = "/admin/marketing/simulations"

/** What was simulated of one automation, newest first; followed while one is under way. */
export const useSimulations = (query: { automation_id: string; limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: simulationsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<SimulationsAnswer>(ROUTE, { query }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.simulations.some(isUnderWay) ? 1_000 : false),
  })
  return { ...data, ...rest }
}

/** One simulation with what it found, followed while it is under way. */
export const useSimulation = (id: string | undefined) => {
  const { data, ...rest } = useQuery({
    queryKey: simulationsQueryKeys.detail(id ?? ""),
    queryFn: () => sdk.client.fetch<SimulationAnswer>(`${ROUTE}/${id}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.simulation) ? 500 : false),
  })
  return { simulation: data?.simulation, ...rest }
}

/** Puts what the server answered where the dialog reads it, and has the list read again. */
function useKeepSimulation() {
  const queryClient = useQueryClient()
  return (answer: SimulationAnswer) => {
    queryClient.setQueryData(simulationsQueryKeys.detail(answer.simulation.id), answer)
    void queryClient.invalidateQueries({ queryKey: simulationsQueryKeys.lists() })
  }
}

export const useStartSimulation = () => {
  const keep = useKeepSimulation()
  return useMutation({
    mutationFn: (body: SimulationBody) => sdk.client.fetch<SimulationAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: keep,
  })
}

export const useCancelSimulation = () => {
  const keep = useKeepSimulation()
  return useMutation({
    mutationFn: (id: string) =>
      sdk.client.fetch<SimulationAnswer>(`${ROUTE}/${id}/cancel`, { method: "POST", body: {} }),
    onSuccess: keep,
  })
}
