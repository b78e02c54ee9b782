import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Settings, SettingsAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const settingsQueryKeys = queryKeysFactory("settings")

export const useSettings = () => {
  const { data, ...rest } = useQuery({
    queryKey: settingsQueryKeys.detail("store"),
    queryFn: () => sdk.client.fetch<SettingsAnswer>("/admin/marketing/settings"),
  })
  return { settings: data?.settings, ...rest }
}

export const useUpdateSettings = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Partial<Settings>) =>
      sdk.client.fetch<SettingsAnswer>("/admin/marketing/settings", { method: "POST", body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: settingsQueryKeys.all }),
  })
}
