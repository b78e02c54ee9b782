import { DocumentText } from "@medusajs/icons"
import { Button, Container, StatusBadge, createDataTableColumnHelper } from "@medusajs/ui"
import { DataTable } from "@medusajs/dashboard/components"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { ImportRun } from "../../../../src/types/http"
import { EmptyState } from "../../../components/empty-state"
import { LoadError } from "../../../components/load-error"
import { Section } from "../../../components/section"
import { RowsSkeleton } from "../../../components/skeletons"
import { useImports } from "../../../hooks/api/imports"
import { useFormat } from "../../../hooks/use-format"
import { ImportDetails } from "./import-details"
import { ImportDrawer } from "./import-drawer"
import { STATUS_COLORS } from "./import-status"

const PREFIX = "imports"
const PAGE_SIZE = 5

export const ImportsSection = ({ latest }: { latest: ImportRun | null }) => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get(`${PREFIX}_offset`)) || 0
  const { imports, count, isPending, error, refetch } = useImports({ limit: PAGE_SIZE, offset })
  const [opened, setOpened] = useState<ImportRun | null>(null)
  const columns = useColumns(setOpened)

  const newest = offset === 0 && imports?.length ? imports[0] : latest

  return (
    <>
      <Section
        title={t("imports.title")}
        description={t("imports.description")}
        actions={
          <Button size="small" variant="secondary" asChild>
            <Link to="import">{t("imports.start")}</Link>
          </Button>
        }
      >
        {newest ? (
          <ImportDetails key={newest.id} run={newest} />
        ) : isPending ? (
          <RowsSkeleton rows={2} />
        ) : error ? (
          <LoadError error={error} onRetry={() => void refetch()} />
        ) : (
          <EmptyState
            icon={<DocumentText className="text-ui-fg-subtle" />}
            title={t("imports.emptyTitle")}
            message={t("imports.emptyMessage")}
          />
        )}
      </Section>
      {count !== undefined && count > 1 && (
        <Container className="divide-y p-0" role="region" aria-label={t("imports.history")}>
          <DataTable
            data={imports}
            columns={columns}
            rowCount={count}
            getRowId={(run) => run.id}
            pageSize={PAGE_SIZE}
            prefix={PREFIX}
            enableSearch={false}
            heading={t("imports.history")}
            headingLevel="h2"
          />
        </Container>
      )}
      <ImportDrawer run={opened} onClose={() => setOpened(null)} />
    </>
  )
}

const columnHelper = createDataTableColumnHelper<ImportRun>()

const useColumns = (onOpen: (run: ImportRun) => void) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("file_name", { header: t("imports.file") }),
      columnHelper.accessor("status", {
        header: t("imports.status"),
        cell: ({ getValue }) => (
          <StatusBadge color={STATUS_COLORS[getValue()]}>{t(`status.${getValue()}`)}</StatusBadge>
        ),
      }),
      columnHelper.accessor("rows_imported", {
        header: t("imports.imported"),
        cell: ({ getValue }) => format.number(getValue()),
      }),
      columnHelper.accessor("rows_skipped", {
        header: t("imports.skipped"),
        cell: ({ getValue }) => format.number(getValue()),
      }),
      columnHelper.accessor("created_at", {
        header: t("imports.createdAt"),
        cell: ({ getValue }) => format.dateTime(getValue()),
      }),
      columnHelper.display({
        id: "actions",
        header: () => <span className="sr-only">{t("general.actions")}</span>,
        cell: ({ row }) => (
          <Button size="small" variant="transparent" onClick={() => onOpen(row.original)}>
            {t("imports.details")}
          </Button>
        ),
      }),
    ],
    [t, format, onOpen],
  )
}
