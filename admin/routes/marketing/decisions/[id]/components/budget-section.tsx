import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { Decision } from "../../../../../../src/types/http"
import { Section } from "../../../../../components/section"
import { useBudgets } from "../../../../../hooks/api/budgets"
import { useBudgetName } from "../../../../../hooks/use-budget-name"
import { useFormat } from "../../../../../hooks/use-format"

const MOST_BUDGETS = 100

/** What was set aside for this decision, and what became of it. */
export const BudgetSection = ({ entries }: { entries: Decision["budget_entries"] }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { budgets } = useBudgets({ limit: MOST_BUDGETS, offset: 0 })
  const budgetName = useBudgetName()

  return (
    <Section title={t("decisions.budget.title")}>
      {entries.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("decisions.budget.none")}
        </Text>
      ) : (
        <ul className="divide-y">
          {entries.map((entry, at) => {
            const budget = budgets?.find(({ id }) => id === entry.budget_id)
            return (
              <li
                key={at}
                className="txt-compact-small flex items-baseline justify-between gap-x-4 px-6 py-3"
              >
                <span className="flex min-w-0 flex-col">
                  <span>{t(`decisions.budget.kinds.${entry.kind}`)}</span>
                  <span className="txt-compact-xsmall text-ui-fg-muted truncate">
                    {budget ? `${budgetName(budget)} · ` : ""}
                    {format.dateTime(entry.at)}
                  </span>
                </span>
                <span className="shrink-0 tabular-nums">
                  {entry.currency_code
                    ? format.money(entry.amount, entry.currency_code)
                    : t("decisions.budget.acts", {
                        count: entry.amount,
                        formatted: format.number(entry.amount),
                      })}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
