import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ConsentRule, ConsentRuleBody, ConsentRulesAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { overviewQueryKeys } from "./overview"

export const consentRulesQueryKeys = queryKeysFactory("consent-rules")

const PAGE = 100

/** All rules: at most one a country, so they are shown together. */
async function fetchRules(): Promise<ConsentRule[]> {
  const rules: ConsentRule[] = []
  let count = 1
  while (rules.length < count) {
    const page = await sdk.client.fetch<ConsentRulesAnswer>("/admin/marketing/consent-rules", {
      query: { limit: PAGE, offset: rules.length },
    })
    if (page.consent_rules.length === 0) {
      break
    }
    rules.push(...page.consent_rules)
    count = page.count
  }
  return rules
}

export const useConsentRules = () => {
  const { data, ...rest } = useQuery({ queryKey: consentRulesQueryKeys.lists(), queryFn: fetchRules })
  return { rules: data, ...rest }
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
