import { ArrowUturnLeft, History } from "@medusajs/icons"
import { Container, StatusBadge, createDataTableColumnHelper, toast, usePrompt } from "@medusajs/ui"
import { DataTable } from "@medusajs/dashboard/components"
import { RowMenu } from "../../../../components/row-menu"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import type { ModelSummary } from "../../../../../src/types/http"
import { LoadError } from "../../../../components/load-error"
import { useActivateModel, useModels } from "../../../../hooks/api/models"
import { useFormat } from "../../../../hooks/use-format"
import { hitRateOf } from "../../../../lib/hit-rate"
import { REPLAYED, REPLAYS_ID } from "./replays-section"

const PREFIX = "models"
const PAGE_SIZE = 10

const COLORS: Record<ModelSummary["status"], "green" | "grey" | "orange" | "red"> = {
  active: "green",
  retired: "grey",
  candidate: "orange",
  rejected: "red",
}

export const ModelsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get(`${PREFIX}_offset`)) || 0
  const { models, count, isPending, error, refetch } = useModels({ limit: PAGE_SIZE, offset })
  const columns = useColumns()

  return (
    <Container className="divide-y p-0" role="region" aria-label={t("models.title")}>
      {error && !models ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          data={models}
          columns={columns}
          rowCount={count}
          getRowId={(model) => model.id}
          pageSize={PAGE_SIZE}
          prefix={PREFIX}
          enableSearch={false}
          isLoading={isPending}
          heading={t("models.title")}
          headingLevel="h2"
          subHeading={t("models.description")}
          emptyState={{
            empty: { heading: t("models.emptyTitle"), description: t("models.emptyMessage") },
          }}
        />
      )}
    </Container>
  )
}

const columnHelper = createDataTableColumnHelper<ModelSummary>()

const useColumns = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("version", {
        header: t("models.version"),
        cell: ({ getValue }) => t("models.versionNumber", { version: getValue() }),
      }),
      columnHelper.accessor("status", {
        header: t("models.status"),
        cell: ({ getValue }) => (
          <StatusBadge color={COLORS[getValue()]}>{t(`models.statuses.${getValue()}`)}</StatusBadge>
        ),
      }),
      columnHelper.accessor("metrics", {
        header: t("models.hitRate"),
        cell: ({ getValue }) => {
          const rate = hitRateOf(getValue())
          if (!rate) {
            return "-"
          }
          const learned = format.percent(rate.learned)
          return rate.popularity === null
            ? learned
            : t("models.hitRateAgainst", { learned, popularity: format.percent(rate.popularity) })
        },
      }),
      columnHelper.accessor("orders", {
        header: t("models.orders"),
        cell: ({ getValue }) => <span className="tabular-nums">{format.number(getValue())}</span>,
      }),
      columnHelper.accessor("verdict", {
        header: t("models.verdict"),
        cell: ({ getValue }) => {
          const verdict = getValue()
          return verdict ? t(verdict, { defaultValue: verdict }) : "-"
        },
      }),
      columnHelper.accessor("trained_at", {
        header: t("models.trainedAt"),
        cell: ({ getValue }) => format.dateTime(getValue()),
      }),
      columnHelper.display({
        id: "actions",
        header: () => <span className="sr-only">{t("general.actions")}</span>,
        cell: ({ row }) => <ModelActions model={row.original} />,
      }),
    ],
    [t, format],
  )
}

const ModelActions = ({ model }: { model: ModelSummary }) => {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const [, setParams] = useSearchParams()
  const { mutate } = useActivateModel()

  if (model.status === "active") {
    return null
  }

  const compare = () => {
    setParams((params) => {
      params.set(REPLAYED, model.id)
      return params
    })
    document.getElementById(REPLAYS_ID)?.scrollIntoView({ block: "start" })
  }

  const activate = async () => {
    const confirmed = await prompt({
      variant: "confirmation",
      title: t("models.activateTitle", { version: model.version }),
      description: t("models.activateDescription"),
      confirmText: t("models.activate"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      mutate(model.id, {
        onSuccess: () => toast.success(t("models.activated", { version: model.version })),
        onError: (error) => toast.error(error.message),
      })
    }
  }

  return (
    <RowMenu
      label={t("models.actions", { version: model.version })}
      groups={[
        {
          actions: [
            { icon: <ArrowUturnLeft />, label: t("models.activate"), onClick: () => void activate() },
            { icon: <History />, label: t("replays.compare"), onClick: compare },
          ],
        },
      ]}
    />
  )
}
