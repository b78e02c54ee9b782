import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query"
import type { AuditEntriesAnswer, AuditVerification } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const auditQueryKeys = queryKeysFactory("audit-entries")

const ROUTE = "/admin/marketing/audit-entries"

export interface AuditQuery {
  limit: number
  offset: number
  action?: string
  actor_id?: string
  /** ISO 8601. */
  from?: string
  to?: string
}

export const useAuditEntries = (query: AuditQuery) => {
  const { data, ...rest } = useQuery({
    queryKey: auditQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<AuditEntriesAnswer>(ROUTE, { query: { ...query } }),
    placeholderData: keepPreviousData,
    retry: 1,
    // Every change of ours adds to it, from whichever page.
    staleTime: 0,
  })
  return { ...data, ...rest }
}

export const useVerifyAudit = () =>
  useMutation({
    mutationFn: () => sdk.client.fetch<AuditVerification>(`${ROUTE}/verify`, { method: "POST", body: {} }),
  })
