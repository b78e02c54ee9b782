import { Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { PerformanceAnswer } from "../../../../../src/types/http"
import { HelpTip } from "../../../../components/help-tip"
import { ProgressBar } from "../../../../components/progress-bar"
import { RateText } from "../../../../components/rate-text"
import { Section } from "../../../../components/section"
import { useFormat } from "../../../../hooks/use-format"

/** Which strategy led how many answers, how its answers did, and what trying others has cost. */
export const ArmsSection = ({ performance }: { performance: PerformanceAnswer["performance"] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { arms, regret } = performance

  return (
    <Section
      title={t("arms.title")}
      help={<HelpTip text={t("arms.help")} />}
      description={t("arms.description")}
    >
      {arms.length === 0 ? (
        <Text size="small" className="text-ui-fg-muted text-pretty px-6 py-4">
          {t("arms.none")}
        </Text>
      ) : (
        <div className="overflow-x-auto">
          <Table>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("strategies.one")}</Table.HeaderCell>
                <Table.HeaderCell>{t("arms.share")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.impressions")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.clickRate")}</Table.HeaderCell>
                <Table.HeaderCell className="text-end">{t("figures.orders")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {arms.map((row) => (
                <Table.Row key={row.arm}>
                  <Table.Cell className="whitespace-nowrap">{t(`strategies.${row.arm}.label`)}</Table.Cell>
                  <Table.Cell>
                    <span className="flex w-40 items-center gap-x-3">
                      <ProgressBar
                        label={t("arms.shareOf", { name: t(`strategies.${row.arm}.label`) })}
                        valueText={format.percent(row.share)}
                        share={row.share}
                      />
                      <span className="tabular-nums">{format.wholePercent(row.share)}</span>
                    </span>
                  </Table.Cell>
                  <Table.Cell className="text-end tabular-nums">{format.number(row.impressions)}</Table.Cell>
                  <Table.Cell className="text-end">
                    <RateText rate={row.click_rate} format={format.percent} stacked />
                  </Table.Cell>
                  <Table.Cell className="text-end tabular-nums">{format.number(row.orders)}</Table.Cell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
      {regret && (
        <Text size="small" className="text-ui-fg-subtle text-pretty px-6 py-4">
          {t("arms.regret", {
            clicks: format.decimal(regret.clicks),
            low: format.decimal(regret.low),
            high: format.decimal(regret.high),
            share: format.percent(regret.share),
          })}
        </Text>
      )}
    </Section>
  )
}
