import { DataTable } from "@medusajs/dashboard/components"
import { PencilSquare, SquareTwoStack } from "@medusajs/icons"
import { Container, StatusBadge, Text, createDataTableColumnHelper, toast } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { PlacementSummary } from "../../../../../src/types/http"
import { LoadError } from "../../../../components/load-error"
import { MixBar } from "../../../../components/mix-bar"
import { RateText } from "../../../../components/rate-text"
import { RowMenu } from "../../../../components/row-menu"
import { usePlacements } from "../../../../hooks/api/placements"
import { useFormat } from "../../../../hooks/use-format"
import { usePlacementName } from "../../../../hooks/use-placement-name"
import { shelfTag } from "../../../../lib/shelf-tag"
import { sharesOf } from "../../../../lib/strategies"

const PAGE_SIZE = 20

export const PlacementsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get("offset")) || 0
  const { placements, count, isPending, error, refetch } = usePlacements({ limit: PAGE_SIZE, offset })
  const columns = useColumns()

  return (
    <Container className="divide-y p-0" role="region" aria-label={t("placements.title")}>
      {error && !placements ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          data={placements}
          columns={columns}
          rowCount={count}
          getRowId={(placement) => placement.id}
          rowHref={(placement) => `/marketing/recommendations/${placement.id}`}
          pageSize={PAGE_SIZE}
          enableSearch={false}
          isLoading={isPending}
          heading={t("placements.title")}
          subHeading={t("placements.description")}
          action={{ label: t("placements.create"), to: "create" }}
          emptyState={{
            empty: { heading: t("placements.emptyTitle"), description: t("placements.emptyMessage") },
          }}
        />
      )}
    </Container>
  )
}

const columnHelper = createDataTableColumnHelper<PlacementSummary>()

const useColumns = () => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = usePlacementName()

  return useMemo(
    () => [
      columnHelper.accessor("name", {
        header: t("placements.name"),
        cell: ({ row: { original } }) => (
          <div className="flex min-w-0 flex-col py-2">
            {/* The row is clicked by the mouse; this is the keyboard's way in. */}
            <Link
              to={`/marketing/recommendations/${original.id}`}
              className="txt-compact-small-plus text-ui-fg-base focus-visible:shadow-borders-focus truncate rounded outline-none"
              onClick={(event) => event.stopPropagation()}
            >
              {nameOf(original.handle, original.name)}
            </Link>
            <span className="txt-compact-xsmall text-ui-fg-muted truncate font-mono">{original.handle}</span>
          </div>
        ),
      }),
      columnHelper.accessor("context", {
        header: t("placements.where"),
        cell: ({ getValue }) => t(`contexts.${getValue()}.label`),
      }),
      columnHelper.accessor("enabled", {
        header: t("placements.status"),
        cell: ({ getValue }) => (
          <StatusBadge color={getValue() ? "green" : "grey"}>
            {t(getValue() ? "placements.on" : "placements.off")}
          </StatusBadge>
        ),
      }),
      columnHelper.accessor("strategies", {
        header: t("placements.mix"),
        cell: ({ getValue }) => <Mix strategies={getValue()} />,
      }),
      columnHelper.accessor("figures.impressions", {
        id: "impressions",
        header: t("figures.impressions"),
        cell: ({ getValue }) => <span className="tabular-nums">{format.number(getValue())}</span>,
      }),
      columnHelper.accessor("figures.click_rate", {
        id: "click_rate",
        header: t("figures.clickRate"),
        cell: ({ getValue }) => <RateText rate={getValue()} format={format.percent} stacked />,
      }),
      columnHelper.accessor("figures.revenue", {
        id: "revenue",
        header: t("placements.revenue28"),
        cell: ({ getValue }) => {
          const revenue = getValue()
          return revenue.length === 0 ? (
            <span className="text-ui-fg-muted">–</span>
          ) : (
            <span className="flex flex-col tabular-nums">
              {revenue.map(({ amount, currency_code }) => (
                <span key={currency_code}>{format.money(amount, currency_code)}</span>
              ))}
            </span>
          )
        },
      }),
      columnHelper.display({
        id: "actions",
        header: () => <span className="sr-only">{t("general.actions")}</span>,
        cell: ({ row }) => <PlacementActions placement={row.original} />,
      }),
    ],
    [t, format, nameOf],
  )
}

const Mix = ({ strategies }: { strategies: PlacementSummary["strategies"] }) => {
  const { t } = useTranslation("marketing")
  const shares = sharesOf(strategies)
  const parts = strategies
    .map(({ strategy }, at) => ({ strategy, share: shares[at] }))
    .sort((a, b) => b.share - a.share)
  const mix = strategies.map(({ strategy }) => strategy)
  if (parts.length === 0) {
    return <span className="text-ui-fg-muted">–</span>
  }
  return (
    <div className="flex w-40 flex-col gap-y-1.5 py-2">
      <MixBar parts={parts} mix={mix} />
      <Text size="xsmall" leading="compact" className="text-ui-fg-subtle truncate">
        {parts.map(({ strategy }) => t(`strategies.${strategy}.label`)).join(", ")}
      </Text>
    </div>
  )
}

const PlacementActions = ({ placement }: { placement: PlacementSummary }) => {
  const { t } = useTranslation("marketing")
  const nameOf = usePlacementName()
  const copy = () => {
    navigator.clipboard.writeText(shelfTag(placement)).then(
      () => toast.success(t("placements.tagCopied")),
      (error: Error) => toast.error(error.message),
    )
  }
  return (
    <RowMenu
      label={t("placements.actions", { name: nameOf(placement.handle, placement.name) })}
      groups={[
        {
          actions: [
            {
              icon: <PencilSquare />,
              label: t("actions.edit"),
              to: `/marketing/recommendations/${placement.id}`,
            },
            { icon: <SquareTwoStack />, label: t("placements.copyTag"), onClick: copy },
          ],
        },
      ]}
    />
  )
}
