import { ArrowDownTray } from "@medusajs/icons"
import { Button, StatusBadge, Text, toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ImportRun } from "../../../../src/types/http"
import { JobProgress } from "../../../components/job-progress"
import { useCancelImport, useDownloadSkipped, useImport, useResumeImport } from "../../../hooks/api/imports"
import { useRefreshOverview } from "../../../hooks/api/overview"
import { useFormat } from "../../../hooks/use-format"
import { useJobEnd } from "../../../hooks/use-job-end"
import { isUnderWay } from "../../../lib/jobs"
import { STATUS_COLORS } from "./import-status"

/** One import: how far it is, what became of every row, and the rows that were left out. */
export const ImportDetails = ({ run: initial }: { run: ImportRun }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { run = initial } = useImport(initial.id, initial)
  const refresh = useRefreshOverview()
  const cancel = useCancelImport()
  const resume = useResumeImport()
  const download = useDownloadSkipped()

  useJobEnd(run, ({ status, error }) => {
    refresh()
    if (status === "succeeded") {
      toast.success(t("imports.succeeded"))
    } else if (status === "failed") {
      toast.error(t("imports.failed"), { description: error ?? undefined })
    }
  })

  const underWay = isUnderWay(run)
  const onError = (error: Error) => toast.error(error.message)
  const reasons = Object.entries(run.skipped_by_reason).sort((a, b) => b[1] - a[1])

  return (
    <>
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <div className="flex items-center justify-between gap-x-4">
          <div className="flex min-w-0 flex-col">
            <Text size="small" leading="compact" weight="plus" className="truncate">
              {run.file_name}
            </Text>
            <Text size="small" leading="compact" className="text-ui-fg-subtle truncate">
              {t("imports.startedAt", { date: format.dateTime(run.created_at), source: run.source })}
            </Text>
          </div>
          <div className="flex shrink-0 items-center gap-x-2">
            {underWay && (
              <Button
                type="button"
                size="small"
                variant="secondary"
                isLoading={cancel.isPending}
                onClick={() => cancel.mutate(run.id, { onError })}
              >
                {t("imports.cancel")}
              </Button>
            )}
            {(run.status === "failed" || run.status === "cancelled") && (
              <Button
                type="button"
                size="small"
                variant="secondary"
                isLoading={resume.isPending}
                onClick={() => resume.mutate(run.id, { onError })}
              >
                {t("imports.resume")}
              </Button>
            )}
            <StatusBadge color={STATUS_COLORS[run.status]}>{t(`status.${run.status}`)}</StatusBadge>
          </div>
        </div>
        <JobProgress job={run} label={t("imports.progressLabel", { file: run.file_name })} />
      </div>
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <Text size="small" className="text-pretty tabular-nums">
          {t("imports.balance", {
            read: format.number(run.rows_read),
            imported: format.number(run.rows_imported),
            skipped: format.number(run.rows_skipped),
          })}
        </Text>
        <dl className="grid grid-cols-3 gap-x-4">
          <Count term={t("imports.products")} value={format.number(run.products_created)} />
          <Count term={t("imports.customers")} value={format.number(run.customers_created)} />
          <Count
            term={t("imports.orders")}
            value={run.as_orders ? format.number(run.orders_created) : t("imports.notAsked")}
          />
        </dl>
      </div>
      {reasons.length > 0 && (
        <div className="flex flex-col gap-y-3 px-6 py-4">
          <div className="flex items-center justify-between gap-x-4">
            <Text size="small" leading="compact" weight="plus">
              {t("imports.skippedTitle")}
            </Text>
            <Button
              type="button"
              size="small"
              variant="transparent"
              isLoading={download.isPending}
              onClick={() => download.mutate(run, { onError })}
            >
              <ArrowDownTray />
              {t("imports.download")}
            </Button>
          </div>
          <ul className="flex flex-col gap-y-2">
            {reasons.map(([reason, rows]) => (
              <li key={reason} className="flex items-start justify-between gap-x-4">
                <Text size="small" className="text-ui-fg-subtle text-pretty">
                  {t(`skips.${reason}`, { defaultValue: reason })}
                </Text>
                <Text size="small" className="tabular-nums">
                  {format.number(rows)}
                </Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

const Count = ({ term, value }: { term: string; value: string }) => (
  <div className="flex flex-col gap-y-0.5">
    <dt className="txt-compact-small text-ui-fg-subtle">{term}</dt>
    <dd className="txt-compact-small-plus tabular-nums">{value}</dd>
  </div>
)
