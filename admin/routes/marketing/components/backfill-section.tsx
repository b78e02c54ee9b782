import { ArrowPath } from "@medusajs/icons"
import { Button, Text, toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { JobProgress as Job } from "../../../../src/types/http"
import { JobProgress } from "../../../components/job-progress"
import { Section } from "../../../components/section"
import { useBackfill, useStartBackfill } from "../../../hooks/api/backfills"
import { useJobEnd } from "../../../hooks/use-job-end"
import { isUnderWay } from "../../../lib/jobs"
import { useRefreshOverview } from "../../../hooks/api/overview"

export const BackfillSection = ({ backfill }: { backfill: Job | null }) => {
  const { t } = useTranslation("marketing")
  const job = useBackfill(backfill)
  const { mutate, isPending } = useStartBackfill()
  const refresh = useRefreshOverview()

  useJobEnd(job, ({ status, error }) => {
    refresh()
    if (status === "succeeded") {
      toast.success(t("backfill.succeeded"))
    } else {
      toast.error(t("backfill.failed"), { description: error ?? undefined })
    }
  })

  return (
    <Section
      title={t("backfill.title")}
      actions={
        <Button
          size="small"
          variant="secondary"
          disabled={isUnderWay(job)}
          isLoading={isPending}
          onClick={() => mutate(undefined, { onError: (error) => toast.error(error.message) })}
        >
          <ArrowPath />
          {t(job ? "backfill.again" : "backfill.start")}
        </Button>
      }
    >
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("backfill.description")}
        </Text>
        {job && <JobProgress job={job} label={t("backfill.title")} />}
      </div>
    </Section>
  )
}
