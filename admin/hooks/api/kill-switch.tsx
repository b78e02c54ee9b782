import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { KillSwitchAnswer, KillSwitchBody, WithdrawAnswer, WithdrawBody } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const killSwitchQueryKeys = queryKeysFactory("kill-switch")

const ROUTE = "/admin/marketing/kill-switch"
const REFRESH_MS = 5_000

/** Asked again and again: somebody else, or another tab, may pull it. */
export const useKillSwitch = () => {
  const { data, ...rest } = useQuery({
    queryKey: killSwitchQueryKeys.detail("store"),
    queryFn: () => sdk.client.fetch<KillSwitchAnswer>(ROUTE),
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
  return { killSwitch: data?.kill_switch, ...rest }
}

export const useSetKillSwitch = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: KillSwitchBody) => sdk.client.fetch<KillSwitchAnswer>(ROUTE, { method: "POST", body }),
    onSuccess: (answer) => {
      queryClient.setQueryData(killSwitchQueryKeys.detail("store"), answer)
      // Modes that really hold, alerts and the audit trail all follow from it.
      void queryClient.invalidateQueries({ queryKey: ["marketing"] })
    },
  })
}

export const useWithdraw = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: WithdrawBody) =>
      sdk.client.fetch<WithdrawAnswer>(`${ROUTE}/withdraw`, { method: "POST", body }),
    // Refused because the count has moved on: the new one is shown before anybody confirms again.
    onSettled: () => void queryClient.invalidateQueries({ queryKey: killSwitchQueryKeys.all }),
  })
}
