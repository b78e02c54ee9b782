import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ModelsAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { overviewQueryKeys } from "./overview"

export const modelsQueryKeys = queryKeysFactory("models")

export const useModels = (query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: modelsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<ModelsAnswer>("/admin/marketing/models", { query }),
    placeholderData: keepPreviousData,
  })
  return { ...data, ...rest }
}

export const useActivateModel = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sdk.client.fetch(`/admin/marketing/models/${id}/activate`, { method: "POST", body: {} }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: modelsQueryKeys.all })
      void queryClient.invalidateQueries({ queryKey: overviewQueryKeys.all })
    },
  })
}
