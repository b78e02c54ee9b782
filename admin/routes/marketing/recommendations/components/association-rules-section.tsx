import { DataTable } from "@medusajs/dashboard/components"
import { Container, Tooltip, createDataTableColumnHelper, toast } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { AssociationRule } from "../../../../../src/types/http"
import { LoadError } from "../../../../components/load-error"
import { useAssociationRules, useExportAssociationRules } from "../../../../hooks/api/association-rules"
import { useFormat } from "../../../../hooks/use-format"

const PAGE_SIZE = 20

/** "Who buys this also buys that", as counted over all orders. */
export const AssociationRulesSection = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const [params] = useSearchParams()
  const asked = { order: params.get("order") ?? undefined, q: params.get("q") ?? undefined }
  const offset = Number(params.get("offset")) || 0
  const { association_rules, count, orders, isPending, error, refetch } = useAssociationRules({
    limit: PAGE_SIZE,
    offset,
    ...asked,
  })
  const download = useExportAssociationRules()
  const columns = useColumns()

  return (
    <Container className="divide-y p-0" role="region" aria-label={t("associations.title")}>
      {error && !association_rules ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          data={association_rules}
          columns={columns}
          rowCount={count}
          getRowId={(rule) => rule.id}
          pageSize={PAGE_SIZE}
          isLoading={isPending}
          heading={t("associations.title")}
          subHeading={
            orders === null || orders === undefined
              ? t("associations.description")
              : t("associations.counted", { count: orders, formatted: format.number(orders) })
          }
          action={{
            label: t("actions.exportCsv"),
            disabled: download.isPending || !count,
            onClick: () => download.mutate(asked, { onError: (fault) => toast.error(fault.message) }),
          }}
          emptyState={{
            empty: {
              heading: t("associations.emptyTitle"),
              description: t(orders === null ? "associations.emptyCold" : "associations.emptyTrained"),
            },
            filtered: {
              heading: t("associations.noneFoundTitle"),
              description: t("associations.noneFound"),
            },
          }}
        />
      )}
    </Container>
  )
}

const columnHelper = createDataTableColumnHelper<AssociationRule>()

const useColumns = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()

  return useMemo(() => {
    const head = (name: string) => () => (
      <Tooltip content={t(`associations.${name}Help`)} maxWidth={260}>
        <span className="decoration-ui-fg-muted underline decoration-dotted underline-offset-2">
          {t(`associations.${name}`)}
        </span>
      </Tooltip>
    )
    const sortable = (name: string) => ({
      enableSorting: true,
      sortLabel: t(`associations.${name}`),
      sortAscLabel: t("associations.lowFirst"),
      sortDescLabel: t("associations.highFirst"),
    })
    return [
      columnHelper.accessor("if_bought", {
        header: t("associations.ifBought"),
        cell: ({ getValue }) => (
          <span className="flex flex-col py-2">
            {getValue().map(({ product_id, title }) => (
              <ProductLink key={product_id} id={product_id} title={title} />
            ))}
          </span>
        ),
      }),
      columnHelper.accessor("then", {
        header: t("associations.then"),
        cell: ({ getValue }) => <ProductLink id={getValue().product_id} title={getValue().title} />,
      }),
      columnHelper.accessor("together", {
        header: head("together"),
        ...sortable("together"),
        cell: ({ getValue }) => <span className="tabular-nums">{format.number(getValue())}</span>,
      }),
      columnHelper.accessor("support", {
        header: head("support"),
        ...sortable("support"),
        cell: ({ getValue }) => <span className="tabular-nums">{format.finePercent(getValue())}</span>,
      }),
      columnHelper.accessor("confidence", {
        header: head("confidence"),
        ...sortable("confidence"),
        cell: ({ getValue }) => <span className="tabular-nums">{format.percent(getValue())}</span>,
      }),
      columnHelper.accessor("lift", {
        header: head("lift"),
        ...sortable("lift"),
        cell: ({ row: { original } }) => (
          <span className="whitespace-nowrap tabular-nums">
            {format.decimal(original.lift)}{" "}
            <span className="text-ui-fg-muted">
              {t("associations.atLeast", { low: format.decimal(original.lift_low) })}
            </span>
          </span>
        ),
      }),
    ]
  }, [t, format])
}

const ProductLink = ({ id, title }: { id: string; title: string }) => (
  <Link
    to={`/products/${id}`}
    className="txt-compact-small hover:text-ui-fg-interactive focus-visible:shadow-borders-focus block max-w-[280px] truncate rounded outline-none"
  >
    {title}
  </Link>
)
