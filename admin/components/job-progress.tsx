import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { JobProgress as Job } from "../../src/types/http"
import { useFormat } from "../hooks/use-format"
import { isUnderWay } from "../lib/jobs"
import { ProgressBar } from "./progress-bar"

/** A long job: what it is doing, how far it has come, and why it failed if it did. */
export const JobProgress = ({ job, label }: { job: Job; label: string }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  const underWay = isUnderWay(job)
  const share = job.status === "succeeded" ? 1 : job.total ? job.done / job.total : underWay ? null : 0
  const amount = useAmount(job)
  const step = underWay
    ? t(job.status === "queued" ? "progress.queued" : (job.step ?? "progress.working"), {
        defaultValue: t("progress.working"),
      })
    : t(`status.${job.status}`)
  const tone = job.status === "failed" ? "error" : job.status === "succeeded" ? "success" : "interactive"

  return (
    <div className="flex w-full flex-col gap-y-2">
      <div className="flex items-center justify-between gap-x-4">
        {/* Only a change of step is announced; a count that runs would talk without end. */}
        <Text size="small" leading="compact" weight="plus" aria-live="polite">
          {step}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
          {amount}
        </Text>
      </div>
      <ProgressBar label={label} valueText={amount} share={share} tone={tone} />
      {job.error && (
        <Text size="small" className="text-ui-fg-error" role="alert">
          {job.error}
        </Text>
      )}
      {!underWay && job.finished_at && (
        <Text size="small" leading="compact" className="text-ui-fg-muted">
          {t("amount.finishedAt", { date: format.dateTime(job.finished_at) })}
        </Text>
      )}
    </div>
  )
}

function useAmount({ done, total, unit }: Job): string {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  if (unit === "percent") {
    return format.wholePercent(done / (total ?? 100))
  }
  if (unit === "bytes") {
    return total === null
      ? format.bytes(done)
      : t("amount.doneOf", { done: format.bytes(done), total: format.bytes(total), unit: "" }).trim()
  }
  const name = t(`units.${unit}`, { count: total ?? done, defaultValue: unit })
  return total === null
    ? t("amount.done", { done: format.number(done), unit: name })
    : t("amount.doneOf", { done: format.number(done), total: format.number(total), unit: name })
}
