import { Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { OverviewAnswer } from "../../../../src/types/http"
import { EmptyState } from "../../../components/empty-state"
import { HelpTip } from "../../../components/help-tip"
import { Section } from "../../../components/section"
import { useFormat } from "../../../hooks/use-format"

type Coverage = OverviewAnswer["overview"]["coverage"]

export const CoverageSection = ({ coverage }: { coverage: Coverage }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const columns = ["rowsChanged", "seen", "reconciled", "watermark"] as const

  return (
    <Section
      title={t("coverage.title")}
      description={t("coverage.description")}
      help={<HelpTip text={t("coverage.help")} />}
    >
      {coverage.length === 0 ? (
        <EmptyState title={t("coverage.emptyTitle")} message={t("coverage.emptyMessage")} />
      ) : (
        <div className="overflow-x-auto">
          <Table>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("coverage.kind")}</Table.HeaderCell>
                {columns.map((column) => (
                  <Table.HeaderCell key={column} className="text-right">
                    <span className="inline-flex items-center gap-x-1">
                      {t(`coverage.${column}`)}
                      <HelpTip text={t(`coverage.${column}Help`)} />
                    </span>
                  </Table.HeaderCell>
                ))}
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {coverage.map((row) => (
                <Table.Row key={row.kind}>
                  <Table.Cell>{t(`coverage.kinds.${row.kind}`)}</Table.Cell>
                  <Table.Cell className="text-right tabular-nums">
                    {format.number(row.rows_changed)}
                  </Table.Cell>
                  <Table.Cell className="text-right tabular-nums">{format.number(row.seen)}</Table.Cell>
                  <Table.Cell className="text-right tabular-nums">{format.number(row.reconciled)}</Table.Cell>
                  <Table.Cell className="text-ui-fg-muted text-right">
                    {row.watermark ? (
                      <time dateTime={row.watermark} title={format.dateTime(row.watermark)}>
                        {format.ago(row.watermark)}
                      </time>
                    ) : (
                      t("coverage.never")
                    )}
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
