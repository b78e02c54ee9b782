import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  CreatePlacementBody,
  PlacementAnswer,
  PlacementDeletedAnswer,
  PlacementSummary,
  PlacementsAnswer,
  UpdatePlacementBody,
} from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const placementsQueryKeys = queryKeysFactory("placements")

const ROUTE = "/admin/marketing/placements"

export const usePlacements = (query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: placementsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<PlacementsAnswer>(ROUTE, { query }),
    placeholderData: keepPreviousData,
  })
  return { ...data, ...rest }
}

export const fetchPlacement = async (id: string): Promise<PlacementSummary> =>
  (await sdk.client.fetch<PlacementAnswer>(`${ROUTE}/${id}`)).placement

export const usePlacement = (id: string) => {
  const { data, ...rest } = useQuery({
    queryKey: placementsQueryKeys.detail(id),
    queryFn: () => fetchPlacement(id),
    retry: 1,
  })
  return { placement: data, ...rest }
}

/** Puts what the server answered where the editor reads it, and has the lists read again. */
function useKeepPlacement() {
  const queryClient = useQueryClient()
  return ({ placement }: PlacementAnswer) => {
    queryClient.setQueryData(placementsQueryKeys.detail(placement.id), placement)
    void queryClient.invalidateQueries({ queryKey: placementsQueryKeys.lists() })
  }
}

export const useCreatePlacement = () => {
  const keep = useKeepPlacement()
  return useMutation({
    mutationFn: (body: CreatePlacementBody) =>
      sdk.client.fetch<PlacementAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: keep,
  })
}

export const useUpdatePlacement = (id: string) => {
  const keep = useKeepPlacement()
  return useMutation({
    mutationFn: (body: UpdatePlacementBody) =>
      sdk.client.fetch<PlacementAnswer>(`${ROUTE}/${id}`, { method: "POST", body }),
    onSuccess: keep,
  })
}

export const useResetPlacement = (id: string) => {
  const keep = useKeepPlacement()
  return useMutation({
    mutationFn: () => sdk.client.fetch<PlacementAnswer>(`${ROUTE}/${id}/reset`, { method: "POST", body: {} }),
    onSuccess: keep,
  })
}

export const useDeletePlacement = (id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => sdk.client.fetch<PlacementDeletedAnswer>(`${ROUTE}/${id}`, { method: "DELETE" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: placementsQueryKeys.lists() }),
  })
}
