import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { ImpactAnswer } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const impactQueryKeys = queryKeysFactory("impact")

/** A span that is measured behind the answer is asked for again after so long. */
const MEASURED_IN_MS = 3_000

/** Days of UTC, YYYY-MM-DD; both are included. */
export const useImpact = (query: { from: string; to: string }) => {
  const { data, ...rest } = useQuery({
    queryKey: impactQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<ImpactAnswer>("/admin/marketing/impact", { query }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.impact.measuring ? MEASURED_IN_MS : false),
  })
  return { impact: data?.impact, ...rest }
}
