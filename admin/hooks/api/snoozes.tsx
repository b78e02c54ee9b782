import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { SnoozeAnswer, SnoozeBody, SnoozesAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const snoozesQueryKeys = queryKeysFactory("snoozes")

const ROUTE = "/admin/marketing/snoozes"

/** null: nothing to ask about. */
export const useSnoozes = (query: { automation_id: string; subject_id: string } | null) => {
  const { data, ...rest } = useQuery({
    queryKey: snoozesQueryKeys.list(query ?? undefined),
    queryFn: () => sdk.client.fetch<SnoozesAnswer>(ROUTE, { query: { ...query } }),
    enabled: query !== null,
  })
  return { ...data, ...rest }
}

function useSnoozesChanged() {
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries({ queryKey: snoozesQueryKeys.all })
}

export const useSnooze = () => {
  const changed = useSnoozesChanged()
  return useMutation({
    mutationFn: (body: SnoozeBody) => sdk.client.fetch<SnoozeAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: changed,
  })
}

export const useEndSnooze = () => {
  const changed = useSnoozesChanged()
  return useMutation({
    mutationFn: (id: string) => sdk.client.fetch(`${ROUTE}/${id}`, { method: "DELETE" }),
    onSettled: changed,
  })
}
