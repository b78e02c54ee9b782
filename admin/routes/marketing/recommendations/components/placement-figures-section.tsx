import { ArrowDownTray } from "@medusajs/icons"
import { Button, Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { PerformanceAnswer, ShelfFigures } from "../../../../../src/types/http"
import { RateText } from "../../../../components/rate-text"
import { Section } from "../../../../components/section"
import { useFormat } from "../../../../hooks/use-format"
import { usePlacementName } from "../../../../hooks/use-placement-name"
import { csvOf } from "../../../../lib/csv"
import { saveFile } from "../../../../lib/download"

type Performance = PerformanceAnswer["performance"]

export const PlacementFiguresSection = ({ performance }: { performance: Performance }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = usePlacementName()
  const { placements, from, to } = performance

  return (
    <Section
      title={t("performance.byPlacement")}
      actions={
        <Button
          size="small"
          variant="secondary"
          disabled={placements.length === 0}
          onClick={() => saveFile(csvOf(rowsOf(performance)), `shelves-${from}-${to}.csv`)}
        >
          <ArrowDownTray />
          {t("actions.exportCsv")}
        </Button>
      }
    >
      {placements.length === 0 ? (
        <Text size="small" className="text-ui-fg-muted text-pretty px-6 py-4">
          {t("performance.noPlacements")}
        </Text>
      ) : (
        <div className="overflow-x-auto">
          <Table>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("placements.one")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.impressions")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.clicks")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.clickRate")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.orders")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.revenue")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.perThousand")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {placements.map((row) => (
                <Table.Row key={row.placement}>
                  <Table.Cell className="whitespace-nowrap">{nameOf(row.placement, row.name)}</Table.Cell>
                  <Table.Cell className="text-end tabular-nums">{format.number(row.impressions)}</Table.Cell>
                  <Table.Cell className="text-end tabular-nums">{format.number(row.clicks)}</Table.Cell>
                  <Table.Cell className="text-end">
                    <RateText rate={row.click_rate} format={format.percent} stacked />
                  </Table.Cell>
                  <Table.Cell className="text-end tabular-nums">{format.number(row.orders)}</Table.Cell>
                  <Table.Cell className="text-end">
                    <Revenue revenue={row.revenue} />
                  </Table.Cell>
                  <Table.Cell className="text-end">
                    <PerThousand revenue={row.revenue} />
                  </Table.Cell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
    </Section>
  )
}

const Revenue = ({ revenue }: Pick<ShelfFigures, "revenue">) => {
  const format = useFormat()
  return revenue.length === 0 ? (
    <span className="text-ui-fg-muted">–</span>
  ) : (
    <span className="flex flex-col tabular-nums">
      {revenue.map(({ amount, currency_code }) => (
        <span key={currency_code}>{format.money(amount, currency_code)}</span>
      ))}
    </span>
  )
}

const PerThousand = ({ revenue }: Pick<ShelfFigures, "revenue">) => {
  const format = useFormat()
  return revenue.length === 0 ? (
    <span className="text-ui-fg-muted">–</span>
  ) : (
    <span className="flex flex-col">
      {revenue.map(({ per_thousand, currency_code }) => (
        <RateText
          key={currency_code}
          rate={per_thousand}
          format={(value) => format.money(value, currency_code)}
          stacked
        />
      ))}
    </span>
  )
}

/** One row a placement and currency, numbers as they are, so that a spreadsheet can count with them. */
function rowsOf({ placements, from, to }: Performance): (string | number | null)[][] {
  const head =
    "from,to,placement,name,served,impressions,clicks,click_rate,click_rate_low,click_rate_high,orders," +
    "currency,revenue,revenue_per_1000,revenue_per_1000_low,revenue_per_1000_high"
  const rows = placements.flatMap((row) => {
    const { served, impressions, clicks, click_rate, orders } = row
    const rate = [click_rate?.value ?? null, click_rate?.low ?? null, click_rate?.high ?? null]
    const start = [from, to, row.placement, row.name, served, impressions, clicks, ...rate, orders]
    const revenue = row.revenue.length > 0 ? row.revenue : [null]
    return revenue.map((of) => [
      ...start,
      of?.currency_code ?? null,
      of?.amount ?? null,
      of?.per_thousand?.value ?? null,
      of?.per_thousand?.low ?? null,
      of?.per_thousand?.high ?? null,
    ])
  })
  return [head.split(","), ...rows]
}
