import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { PreviewAnswer, PreviewBody } from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const previewsQueryKeys = queryKeysFactory("placement-previews")

/** What a shelf would show. It reads only, although it is a POST; null waits until there is something to ask. */
export const usePlacementPreview = (body: PreviewBody | null) => {
  const { data, ...rest } = useQuery({
    queryKey: [...previewsQueryKeys.all, body],
    queryFn: ({ signal }) =>
      sdk.client.fetch<PreviewAnswer>("/admin/marketing/placements/preview", {
        method: "POST",
        body: body as PreviewBody,
        signal,
      }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    // Every stand of the dials is a key of its own; few are looked at twice.
    gcTime: 60_000,
  })
  return { preview: data?.preview, ...rest }
}
