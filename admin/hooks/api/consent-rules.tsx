import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ConsentRuleBody, ConsentRulesAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { overviewQueryKeys } from "./overview"

export const consentRulesQueryKeys = queryKeysFactory("consent-rules")

/** There is at most one rule a country, so one page holds them all. */
const ALL = { limit: 300, offset: 0 }

export const useConsentRules = () => {
  const { data, ...rest } = useQuery({
    queryKey: consentRulesQueryKeys.list(ALL),
    queryFn: () => sdk.client.fetch<ConsentRulesAnswer>("/admin/marketing/consent-rules", { query: ALL }),
  })
  return { ...data, ...rest }
}

function useRefreshRules() {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: consentRulesQueryKeys.all })
    void queryClient.invalidateQueries({ queryKey: overviewQueryKeys.all })
  }
}

export const useSaveConsentRule = () => {
  const refresh = useRefreshRules()
  return useMutation({
    mutationFn: (body: ConsentRuleBody) =>
      sdk.client.fetch("/admin/marketing/consent-rules", { method: "POST", body }),
    onSuccess: refresh,
  })
}

export const useDeleteConsentRule = () => {
  const refresh = useRefreshRules()
  return useMutation({
    mutationFn: (countryCode: string) =>
      sdk.client.fetch(`/admin/marketing/consent-rules/${encodeURIComponent(countryCode)}`, {
        method: "DELETE",
      }),
    onSuccess: refresh,
  })
}
