import { DataTable } from "@medusajs/dashboard/components"
import { Beaker } from "@medusajs/icons"
import { Button, Container, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { ExperimentSummary } from "../../../../../src/types/http"
import { EmptyState } from "../../../../components/empty-state"
import { LoadError } from "../../../../components/load-error"
import { RateText } from "../../../../components/rate-text"
import { useExperiments } from "../../../../hooks/api/experiments"
import { useFormat } from "../../../../hooks/use-format"
import { useTargetName } from "../../../../hooks/use-target-name"
import { daysLeft } from "../../../../lib/experiment-draft"
import { ExperimentBadge, VerdictBadge } from "./experiment-badges"
import { STATUS, StatusTabs, statusOf } from "./status-tabs"

const PAGE_SIZE = 20

export const ExperimentsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const status = statusOf(params.get(STATUS))
  const offset = Number(params.get("offset")) || 0
  const { experiments, count, isPending, error, refetch } = useExperiments({
    status,
    limit: PAGE_SIZE,
    offset,
  })
  const columns = useColumns()
  const none = count === 0 && status === undefined

  return (
    <>
      <StatusTabs status={status} />
      <Container className="divide-y p-0" role="region" aria-label={t("experiments.title")}>
        {error && !experiments ? (
          <LoadError error={error} onRetry={() => void refetch()} />
        ) : none ? (
          <EmptyState
            icon={<Beaker className="text-ui-fg-subtle" />}
            title={t("experiments.emptyTitle")}
            message={t("experiments.emptyMessage")}
            action={
              <Button size="small" variant="secondary" asChild>
                <Link to="create">{t("experiments.create")}</Link>
              </Button>
            }
          />
        ) : (
          <DataTable
            data={experiments}
            columns={columns}
            rowCount={count}
            getRowId={(experiment) => experiment.id}
            rowHref={(experiment) => `/marketing/experiments/${experiment.id}`}
            pageSize={PAGE_SIZE}
            enableSearch={false}
            isLoading={isPending}
            heading={t("experiments.title")}
            subHeading={t("experiments.description")}
            action={{ label: t("experiments.create"), to: "create" }}
            emptyState={{
              empty: {
                heading: t("experiments.noneTitle"),
                description: t("experiments.noneMessage"),
              },
            }}
          />
        )}
      </Container>
    </>
  )
}

const columnHelper = createDataTableColumnHelper<ExperimentSummary>()

const useColumns = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const targetName = useTargetName()

  return useMemo(
    () => [
      columnHelper.accessor("name", {
        header: t("experiments.name"),
        cell: ({ row: { original } }) => (
          <div className="flex min-w-0 flex-col py-2">
            {/* The row is clicked by the mouse; this is the keyboard's way in. */}
            <Link
              to={`/marketing/experiments/${original.id}`}
              className="txt-compact-small-plus text-ui-fg-base focus-visible:shadow-borders-focus truncate rounded outline-none"
              onClick={(event) => event.stopPropagation()}
            >
              {original.name}
            </Link>
            <span className="txt-compact-xsmall text-ui-fg-muted truncate">
              {targetName(original.target)}
            </span>
          </div>
        ),
      }),
      columnHelper.accessor("status", {
        header: t("experiments.status"),
        cell: ({ getValue }) => <ExperimentBadge status={getValue()} />,
      }),
      columnHelper.accessor("verdict", {
        header: t("experiments.verdict"),
        cell: ({ getValue }) => {
          const verdict = getValue()
          return verdict ? <VerdictBadge code={verdict.code} /> : <Dash />
        },
      }),
      columnHelper.accessor("lift", {
        header: t("experiments.lift"),
        cell: ({ row: { original } }) =>
          original.lift && original.verdict?.code !== "broken" ? (
            <span className="flex flex-col py-2">
              <RateText rate={original.lift} format={format.signedPercent} stacked />
              <span className="txt-compact-xsmall text-ui-fg-muted">
                {t(`experiments.metrics.${original.primary_metric}.label`)}
              </span>
            </span>
          ) : (
            <Dash />
          ),
      }),
      columnHelper.accessor("units", {
        header: t("experiments.units"),
        cell: ({ row: { original } }) =>
          original.status === "draft" ? (
            <Dash />
          ) : (
            <span className="tabular-nums">{format.number(original.units)}</span>
          ),
      }),
      columnHelper.accessor("ends_at", {
        header: t("experiments.ends"),
        cell: ({ row: { original } }) => <Ends experiment={original} />,
      }),
    ],
    [t, format, targetName],
  )
}

const Dash = () => <span className="text-ui-fg-muted">–</span>

const Ends = ({ experiment }: { experiment: ExperimentSummary }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { status, ends_at, stopped_at, planned_days } = experiment
  if (status === "stopped") {
    return <span>{stopped_at ? format.date(stopped_at) : "–"}</span>
  }
  if (status === "draft" || !ends_at) {
    return <span className="text-ui-fg-subtle">{t("experiments.plannedDays", { count: planned_days })}</span>
  }
  const days = daysLeft(ends_at, Date.now())
  return <span>{days === 0 ? t("experiments.overdue") : t("experiments.daysLeft", { count: days })}</span>
}
