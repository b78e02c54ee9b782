import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  ApprovalAnswer,
  ApprovalBody,
  CapabilityName,
  DecisionAnswer,
  DecisionOutcome,
  DecisionsAnswer,
  DecisionTotalsAnswer,
  DeliveryStatus,
} from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const decisionsQueryKeys = queryKeysFactory("decisions")
const decisionTotalsQueryKeys = queryKeysFactory("decision-totals")

const ROUTE = "/admin/marketing/decisions"
const REFRESH_MS = 10_000

export interface DecisionsQuery {
  limit: number
  offset: number
  capability?: CapabilityName
  automation_id?: string
  outcome?: DecisionOutcome
  status?: DeliveryStatus
  customer_id?: string
  order_id?: string
  weight?: "light" | "heavy"
  /** ISO 8601. */
  from?: string
  to?: string
}

export const useDecisions = (query: DecisionsQuery, refetchInterval: number | false = false) => {
  const { data, ...rest } = useQuery({
    queryKey: decisionsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<DecisionsAnswer>(ROUTE, { query: { ...query } }),
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: 1,
  })
  return { ...data, ...rest }
}

export const useDecision = (id: string) => {
  const { data, ...rest } = useQuery({
    queryKey: decisionsQueryKeys.detail(id),
    queryFn: () => sdk.client.fetch<DecisionAnswer>(`${ROUTE}/${id}`),
    // What is under way moves on by itself.
    refetchInterval: ({ state }) => {
      const status = state.data?.decision.delivery?.status
      return status === "queued" || status === "delivering" ? 2_000 : false
    },
    retry: 1,
  })
  return { decision: data?.decision, ...rest }
}

export const useDecisionTotals = (days: number) => {
  const { data, ...rest } = useQuery({
    queryKey: decisionTotalsQueryKeys.detail(String(days)),
    queryFn: () => sdk.client.fetch<DecisionTotalsAnswer>(`${ROUTE}/summary`, { query: { days } }),
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
  return { totals: data?.summary, ...rest }
}

function useDecisionsMoved() {
  const queryClient = useQueryClient()
  // Not waited for: the row that this was pressed in may go with the answer, and would take its message along.
  return () => {
    void queryClient.invalidateQueries({ queryKey: decisionsQueryKeys.all })
    void queryClient.invalidateQueries({ queryKey: decisionTotalsQueryKeys.all })
  }
}

export const useApprovals = (verb: "approve" | "reject") => {
  const moved = useDecisionsMoved()
  return useMutation({
    mutationFn: (body: ApprovalBody) =>
      sdk.client.fetch<ApprovalAnswer>(`${ROUTE}/${verb}`, { method: "POST", body }),
    onSettled: moved,
  })
}

export const useRetryDecision = (id: string) => {
  const moved = useDecisionsMoved()
  return useMutation({
    mutationFn: () => sdk.client.fetch<DecisionAnswer>(`${ROUTE}/${id}/retry`, { method: "POST", body: {} }),
    onSettled: moved,
  })
}
