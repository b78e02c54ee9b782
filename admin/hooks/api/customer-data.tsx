import { useMutation } from "@tanstack/react-query"
import type { CustomerDataAnswer, CustomerErasedAnswer } from "../../../src/types/http"
import { saveFile } from "../../lib/download"
import { sdk } from "../../lib/sdk"

/** Saves everything that is held of a customer as a JSON file. */
export const useExportCustomerData = (customerId: string) =>
  useMutation({
    mutationFn: async () => {
      const answer = await sdk.client.fetch<CustomerDataAnswer>(
        `/admin/marketing/customers/${customerId}/data`,
      )
      const content = new Blob([JSON.stringify(answer, null, 2)], { type: "application/json" })
      saveFile(content, `${customerId}-marketing-data.json`)
      return answer
    },
  })

export const useEraseCustomerData = (customerId: string) =>
  useMutation({
    mutationFn: () =>
      sdk.client.fetch<CustomerErasedAnswer>(`/admin/marketing/customers/${customerId}/data`, {
        method: "DELETE",
      }),
  })
