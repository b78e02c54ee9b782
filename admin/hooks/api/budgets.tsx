import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { BudgetAnswer, BudgetBody, BudgetsAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const budgetsQueryKeys = queryKeysFactory("budgets")

const ROUTE = "/admin/marketing/budgets"
const REFRESH_MS = 10_000

export const useBudgets = (query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: budgetsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<BudgetsAnswer>(ROUTE, { query }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
  return { ...data, ...rest }
}

function useBudgetsChanged() {
  const queryClient = useQueryClient()
  // Not waited for: the row that this was pressed in may go with the answer, and would take its message along.
  return () => void queryClient.invalidateQueries({ queryKey: budgetsQueryKeys.all })
}

export const useCreateBudget = () => {
  const changed = useBudgetsChanged()
  return useMutation({
    mutationFn: (body: BudgetBody) => sdk.client.fetch<BudgetAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: changed,
  })
}

export const useUpdateBudget = (id: string) => {
  const changed = useBudgetsChanged()
  return useMutation({
    mutationFn: (body: { limit: number }) =>
      sdk.client.fetch<BudgetAnswer>(`${ROUTE}/${id}`, { method: "POST", body }),
    onSuccess: changed,
  })
}

export const useDeleteBudget = () => {
  const changed = useBudgetsChanged()
  return useMutation({
    mutationFn: (id: string) => sdk.client.fetch(`${ROUTE}/${id}`, { method: "DELETE" }),
    onSettled: changed,
  })
}
