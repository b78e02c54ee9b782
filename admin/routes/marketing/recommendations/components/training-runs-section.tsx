import { DataTable } from "@medusajs/dashboard/components"
import { Container, createDataTableColumnHelper, StatusBadge, Text } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import type { JobProgress } from "../../../../../src/types/http"
import { JobProgress as Progress } from "../../../../components/job-progress"
import { LoadError } from "../../../../components/load-error"
import { useTrainingRuns } from "../../../../hooks/api/training-runs"
import { useFormat } from "../../../../hooks/use-format"
import { isUnderWay } from "../../../../lib/jobs"

const PREFIX = "runs"
const PAGE_SIZE = 5

const COLORS: Record<JobProgress["status"], "green" | "grey" | "orange" | "red" | "blue"> = {
  queued: "grey",
  running: "blue",
  succeeded: "green",
  failed: "red",
  cancelled: "grey",
}

/** Every training, by night and by hand, with how it ended. */
export const TrainingRunsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get(`${PREFIX}_offset`)) || 0
  const { training_runs, count, isPending, error, refetch } = useTrainingRuns({ limit: PAGE_SIZE, offset })
  const columns = useColumns()

  return (
    <Container className="divide-y p-0" role="region" aria-label={t("trainingRuns.title")}>
      {error && !training_runs ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          data={training_runs}
          columns={columns}
          rowCount={count}
          getRowId={(run) => run.id}
          pageSize={PAGE_SIZE}
          prefix={PREFIX}
          enableSearch={false}
          isLoading={isPending}
          heading={t("trainingRuns.title")}
          headingLevel="h2"
          subHeading={t("trainingRuns.description")}
          emptyState={{
            empty: { heading: t("trainingRuns.emptyTitle"), description: t("trainingRuns.emptyMessage") },
          }}
        />
      )}
    </Container>
  )
}

const columnHelper = createDataTableColumnHelper<JobProgress>()

const useColumns = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("started_at", {
        header: t("trainingRuns.started"),
        cell: ({ getValue }) => {
          const at = getValue()
          return at ? format.dateTime(at) : "-"
        },
      }),
      columnHelper.accessor("status", {
        header: t("trainingRuns.result"),
        cell: ({ row: { original: run } }) =>
          isUnderWay(run) ? (
            <div className="min-w-48 py-2">
              <Progress job={run} label={t("trainingRuns.progress")} />
            </div>
          ) : (
            <div className="flex flex-col gap-y-1 py-1">
              <StatusBadge color={COLORS[run.status]}>{t(`status.${run.status}`)}</StatusBadge>
              {run.error && (
                <Text size="small" className="text-ui-fg-error whitespace-normal text-pretty">
                  {run.error}
                </Text>
              )}
            </div>
          ),
      }),
      columnHelper.display({
        id: "took",
        header: t("trainingRuns.took"),
        cell: ({ row: { original: run } }) =>
          run.started_at && run.finished_at
            ? format.duration(Date.parse(run.finished_at) - Date.parse(run.started_at))
            : "-",
      }),
    ],
    [t, format],
  )
}
