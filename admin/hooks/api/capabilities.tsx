import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  CapabilitiesAnswer,
  CapabilityAnswer,
  CapabilityBody,
  CapabilityName,
} from "../../../src/types/http"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

export const capabilitiesQueryKeys = queryKeysFactory("capabilities")

const ROUTE = "/admin/marketing/capabilities"

export const useCapabilities = () => {
  const { data, ...rest } = useQuery({
    queryKey: capabilitiesQueryKeys.lists(),
    queryFn: () => sdk.client.fetch<CapabilitiesAnswer>(ROUTE),
    retry: 1,
  })
  return { capabilities: data?.capabilities, ...rest }
}

export const useUpdateCapability = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ capability, ...body }: CapabilityBody & { capability: CapabilityName }) =>
      sdk.client.fetch<CapabilityAnswer>(`${ROUTE}/${capability}`, { method: "POST", body }),
    // What holds an automation back, alerts and totals follow from it; a version that was not the newest is read again.
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ["marketing"] }),
  })
}
