import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { GuardSettings, GuardSettingsAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { auditQueryKeys } from "./audit"

export const guardQueryKeys = queryKeysFactory("guard")

const ROUTE = "/admin/marketing/guard"

export const useGuard = () => {
  const { data, ...rest } = useQuery({
    queryKey: guardQueryKeys.detail("store"),
    queryFn: () => sdk.client.fetch<GuardSettingsAnswer>(ROUTE),
    retry: 1,
  })
  return { guard: data?.guard, ...rest }
}

export const useUpdateGuard = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Partial<GuardSettings>) =>
      sdk.client.fetch<GuardSettingsAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: (answer) => {
      queryClient.setQueryData(guardQueryKeys.detail("store"), answer)
      void queryClient.invalidateQueries({ queryKey: auditQueryKeys.all })
    },
  })
}
