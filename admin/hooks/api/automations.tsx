import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  AutomationAnswer,
  AutomationBody,
  AutomationsAnswer,
  AutomationVersionsAnswer,
} from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const automationsQueryKeys = queryKeysFactory("automations")
const versionsQueryKeys = queryKeysFactory("automation-versions")

const ROUTE = "/admin/marketing/automations"

export const useAutomations = (query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: automationsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<AutomationsAnswer>(ROUTE, { query }),
    placeholderData: keepPreviousData,
    retry: 1,
  })
  return { ...data, ...rest }
}

export const fetchAutomation = (id: string) => sdk.client.fetch<AutomationAnswer>(`${ROUTE}/${id}`)

export const useAutomation = (id: string) => {
  const { data, ...rest } = useQuery({
    queryKey: automationsQueryKeys.detail(id),
    queryFn: () => fetchAutomation(id),
    retry: 1,
  })
  return { automation: data?.automation, ...rest }
}

export const useUpdateAutomation = (id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: AutomationBody) =>
      sdk.client.fetch<AutomationAnswer>(`${ROUTE}/${id}`, { method: "POST", body }),
    onSuccess: (answer) => {
      queryClient.setQueryData(automationsQueryKeys.detail(id), answer)
      void queryClient.invalidateQueries({ queryKey: automationsQueryKeys.lists() })
      void queryClient.invalidateQueries({ queryKey: versionsQueryKeys.all })
    },
  })
}

export const useAutomationVersions = (id: string, query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: [...versionsQueryKeys.detail(id), query],
    queryFn: () =>
      sdk.client.fetch<AutomationVersionsAnswer>(`${ROUTE}/${id}/versions`, { query: { ...query } }),
    placeholderData: keepPreviousData,
    retry: 1,
  })
  return { ...data, ...rest }
}
