import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { ImportAnswer, ImportRun, ImportsAnswer } from "../../../src/types/http"
import { isUnderWay } from "../../lib/jobs"
import { saveFile } from "../../lib/download"
import { queryKeysFactory } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"
import { overviewQueryKeys } from "./overview"

export const importsQueryKeys = queryKeysFactory("imports")

export interface ImportBody {
  file: File
  source: string
  mapping: Record<string, string>
  currency_code: string
  timezone: string
  create_customers: boolean
  as_orders: boolean
}

export const useImports = (query: { limit: number; offset: number }) => {
  const { data, ...rest } = useQuery({
    queryKey: importsQueryKeys.list(query),
    queryFn: () => sdk.client.fetch<ImportsAnswer>("/admin/marketing/imports", { query }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.imports.some(isUnderWay) ? 2_000 : false),
  })
  return { ...data, ...rest }
}

/** One import, followed once a second while it is under way. */
export const useImport = (id: string | undefined, initial?: ImportRun) => {
  const { data, ...rest } = useQuery({
    queryKey: importsQueryKeys.detail(id ?? ""),
    queryFn: () => sdk.client.fetch<ImportAnswer>(`/admin/marketing/imports/${id}`),
    enabled: id !== undefined,
    placeholderData: initial ? { import: initial } : undefined,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.import) ? 1_000 : false),
  })
  return { run: data?.import, ...rest }
}

function useRefreshImports() {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: importsQueryKeys.all })
    void queryClient.invalidateQueries({ queryKey: overviewQueryKeys.all })
  }
}

export const useStartImport = () => {
  const refresh = useRefreshImports()
  return useMutation({
    mutationFn: ({ file, mapping, ...fields }: ImportBody) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(fields)) {
        body.append(name, String(value))
      }
      body.append("mapping", JSON.stringify(mapping))
      // Last, so that a server that reads the parts in order knows the options before the rows.
      body.append("file", file)
      return sdk.client.fetch<ImportAnswer>("/admin/marketing/imports", {
        method: "POST",
        body,
        // The browser must write this header itself: it alone knows the boundary.
        headers: { "content-type": null },
      })
    },
    onSuccess: refresh,
  })
}

export const useResumeImport = () => {
  const refresh = useRefreshImports()
  return useMutation({
    mutationFn: (id: string) =>
      sdk.client.fetch<ImportAnswer>(`/admin/marketing/imports/${id}/resume`, { method: "POST", body: {} }),
    onSuccess: refresh,
  })
}

export const useCancelImport = () => {
  const refresh = useRefreshImports()
  return useMutation({
    mutationFn: (id: string) =>
      sdk.client.fetch<ImportAnswer>(`/admin/marketing/imports/${id}/cancel`, { method: "POST", body: {} }),
    onSuccess: refresh,
  })
}

/** Saves the rows that were left out, with line and reason, as a CSV file. */
export const useDownloadSkipped = () =>
  useMutation({
    mutationFn: async (run: ImportRun) => {
      const answer = await sdk.client.fetch<Response>(`/admin/marketing/imports/${run.id}/skipped`, {
        headers: { accept: "text/csv" },
      })
      saveFile(await answer.blob(), `${run.file_name.replace(/(\.csv)?(\.gz)?$/i, "")}-skipped.csv`)
    },
  })
