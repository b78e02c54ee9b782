import { useQuery } from "@tanstack/react-query"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const usersQueryKeys = queryKeysFactory("users")
const MOST = 200
const MINUTES_5 = 300_000

/** Who may act in the admin, by id. */
const useUsers = () =>
  useQuery({
    queryKey: usersQueryKeys.lists(),
    queryFn: async () => {
      const { users } = await sdk.admin.user.list({ limit: MOST, fields: "id,email,first_name,last_name" })
      return new Map(
        users.map(({ id, email, first_name, last_name }) => [
          id,
          [first_name, last_name].filter(Boolean).join(" ") || email,
        ]),
      )
    },
    staleTime: MINUTES_5,
  })

/** Ids with their names, for choosing one. */
export const useActors = (): [id: string, name: string][] => [...(useUsers().data ?? [])]

/** Names an actor: a user's id, "system", or a name already. */
export const useActorName = () => {
  const { t } = useTranslation("marketing")
  const { data } = useUsers()
  return useCallback((id: string) => (id === "system" ? t("audit.system") : (data?.get(id) ?? id)), [data, t])
}
