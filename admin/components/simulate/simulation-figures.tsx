import { Table } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { SimulationOutcome } from "../../../src/types/http"
import { useFormat } from "../../hooks/use-format"
import { actsOf, amountIn, currenciesIn, outcomesIn } from "../../lib/simulation-figures"
import { HelpTip } from "../help-tip"
import { useVersionName } from "./use-version-name"

/** Counts and money, one column a version; of two, what the second adds. */
export const SimulationFigures = ({ outcomes }: { outcomes: SimulationOutcome[] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const nameOf = useVersionName()
  const two = outcomes.length === 2
  const currencies = currenciesIn(outcomes)
  const moneyKey = (name: "expectedValue" | "cost", currency: string) =>
    currencies.length > 1
      ? t("simulate.inCurrency", { figure: t(`simulate.${name}`), currency: currency.toUpperCase() })
      : t(`simulate.${name}`)

  const rows: {
    label: string
    help?: string
    of: (outcome: SimulationOutcome) => number
    currency?: string
  }[] = [
    ...outcomesIn(outcomes).map((name) => ({
      label: t(`outcomes.${name}`),
      help: t(`simulate.outcomes.${name}`),
      of: ({ counts }: SimulationOutcome) => counts[name] ?? 0,
    })),
    {
      label: t("simulate.subjects"),
      help: t("simulate.subjectsHelp"),
      of: ({ subjects }) => subjects,
    },
    {
      label: t("simulate.boughtAnyway"),
      help: t("simulate.boughtAnywayHelp"),
      of: ({ bought_anyway }) => bought_anyway,
    },
    ...currencies.flatMap((currency) => [
      {
        label: moneyKey("expectedValue", currency),
        help: t("simulate.expectedValueHelp"),
        of: ({ expected_value }: SimulationOutcome) => amountIn(expected_value, currency),
        currency,
      },
      {
        label: moneyKey("cost", currency),
        help: t("simulate.costHelp"),
        of: ({ cost }: SimulationOutcome) => amountIn(cost, currency),
        currency,
      },
    ]),
  ]
  const text = (value: number, currency?: string): ReactNode =>
    currency ? format.money(value, currency) : format.number(value)
  const share = (outcome: SimulationOutcome) =>
    actsOf(outcome.counts) > 0 ? outcome.bought_anyway / actsOf(outcome.counts) : null

  return (
    <div className="shadow-borders-base overflow-x-auto rounded-lg">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("simulate.figure")}</Table.HeaderCell>
            {outcomes.map((outcome, at) => (
              <Table.HeaderCell key={at} className="text-end">
                {nameOf(outcome)}
              </Table.HeaderCell>
            ))}
            {two && <Table.HeaderCell className="text-end">{t("simulate.difference")}</Table.HeaderCell>}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {rows.map(({ label, help, of, currency }) => (
            <Table.Row key={label}>
              <Table.Cell>
                <span className="flex items-center gap-x-1.5">
                  {label}
                  {help && <HelpTip text={help} />}
                </span>
              </Table.Cell>
              {outcomes.map((outcome, at) => (
                <Table.Cell key={at} className="text-end tabular-nums">
                  {text(of(outcome), currency)}
                  {label === t("simulate.boughtAnyway") && share(outcome) !== null && (
                    <span className="text-ui-fg-muted"> ({format.wholePercent(share(outcome) ?? 0)})</span>
                  )}
                </Table.Cell>
              ))}
              {two && (
                <Table.Cell className="text-ui-fg-subtle text-end tabular-nums">
                  {format.signed(of(outcomes[1]) - of(outcomes[0]), currency)}
                </Table.Cell>
              )}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
