import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query"
import type { AssociationRulesAnswer } from "../../../src/types/http"
import { saveFile } from "../../lib/download"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const associationRulesQueryKeys = queryKeysFactory("association-rules")

export interface AssociationRulesQuery {
  limit: number
  offset: number
  order?: string
  q?: string
}

export const useAssociationRules = (query: AssociationRulesQuery) => {
  const { data, ...rest } = useQuery({
    queryKey: associationRulesQueryKeys.list(query),
    queryFn: () =>
      sdk.client.fetch<AssociationRulesAnswer>("/admin/marketing/association-rules", { query: { ...query } }),
    placeholderData: keepPreviousData,
  })
  return { ...data, ...rest }
}

/** Saves all rules that match the search, in the order shown, as a CSV file. */
export const useExportAssociationRules = () =>
  useMutation({
    mutationFn: async (query: Pick<AssociationRulesQuery, "order" | "q">) => {
      const answer = await sdk.client.fetch<Response>("/admin/marketing/association-rules/export", {
        query: { ...query },
        headers: { accept: "text/csv" },
      })
      saveFile(await answer.blob(), "association-rules.csv")
    },
  })
