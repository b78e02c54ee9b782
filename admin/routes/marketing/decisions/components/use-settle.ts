import { toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useApprovals } from "../../../../hooks/api/decisions"

interface Refused {
  id: string
  name: string
  message: string
}

/** Approves or rejects, and keeps what the server refused with its reason, row by row. */
export function useSettle() {
  const { t } = useTranslation("marketing")
  const approve = useApprovals("approve")
  const reject = useApprovals("reject")
  const [refused, setRefused] = useState<Refused[]>([])

  /** Answers whether the server took the request at all. */
  const settle = async (
    verb: "approve" | "reject",
    ids: string[],
    nameOf: (id: string) => string,
    reason?: string,
  ): Promise<boolean> => {
    try {
      const { results } = await (verb === "approve" ? approve : reject).mutateAsync({ ids, reason })
      const done = results.filter(({ ok }) => ok).length
      if (done > 0) {
        toast.success(t(verb === "approve" ? "decisions.approved" : "decisions.rejected", { count: done }))
      }
      setRefused(
        results
          .filter(({ ok }) => !ok)
          .map(({ id, message, status }) => ({
            id,
            name: nameOf(id),
            message:
              message ?? (status ? t("decisions.nowIs", { status: t(`decisions.statuses.${status}`) }) : "–"),
          })),
      )
      return true
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
      return false
    }
  }

  return {
    settle,
    refused,
    forget: () => setRefused([]),
    pending: approve.isPending || reject.isPending,
  }
}
