import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { BudgetSummary } from "../../src/types/http"
import { useBudgetName } from "../hooks/use-budget-name"
import { useFormat } from "../hooks/use-format"

/** From when on a budget is worth a second look. */
const NEARLY = 0.9

/** An amount of a budget: money, or acts. */
export function useBudgetAmount() {
  const format = useFormat()
  return ({ currency_code }: Pick<BudgetSummary, "currency_code">, amount: number) =>
    currency_code ? format.money(amount, currency_code) : format.number(amount)
}

/** How much of a budget's present span is spent, and how much set aside, out of what. */
export const BudgetBurn = ({ budget }: { budget: BudgetSummary }) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const amount = useBudgetAmount()
  const budgetName = useBudgetName()
  const { limit, reserved, settled, period_end } = budget
  const used = reserved + settled
  const share = (part: number) => `${limit > 0 ? Math.min(100, (part / limit) * 100) : 100}%`
  const full = limit > 0 && used / limit >= NEARLY
  const values = { used: amount(budget, used), limit: amount(budget, limit) }

  return (
    <div className="flex flex-col gap-y-1.5">
      <div
        role="progressbar"
        aria-label={budgetName(budget)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={limit > 0 ? Math.min(100, Math.round((used / limit) * 100)) : 100}
        aria-valuetext={t("budgets.burn", values)}
        className="bg-ui-bg-component shadow-borders-base flex h-2 w-full overflow-hidden rounded-full"
      >
        <div
          className={full ? "bg-ui-tag-red-icon h-full" : "bg-ui-tag-green-icon h-full"}
          style={{ width: share(settled) }}
        />
        <div
          className={full ? "bg-ui-tag-red-icon h-full opacity-50" : "bg-ui-tag-green-icon h-full opacity-50"}
          style={{ width: share(reserved) }}
        />
      </div>
      <Text size="xsmall" leading="compact" className="text-ui-fg-subtle flex flex-wrap gap-x-2 tabular-nums">
        <span>
          {t(budget.kind === "money" ? "budgets.settled" : "budgets.done", {
            amount: amount(budget, settled),
          })}
        </span>
        <span aria-hidden>·</span>
        <span>{t("budgets.reserved", { amount: amount(budget, reserved) })}</span>
        <span aria-hidden>·</span>
        <span>{t("budgets.left", { amount: amount(budget, Math.max(0, limit - used)) })}</span>
        {period_end && (
          <>
            <span aria-hidden>·</span>
            <span className="text-ui-fg-muted">
              {t("budgets.resets", { date: format.dateTime(period_end) })}
            </span>
          </>
        )}
      </Text>
    </div>
  )
}

/** "€500.00 a day", "50 acts a week", each person. */
export function useBudgetLimit() {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return ({ limit, currency_code, period, per_subject }: BudgetSummary) => {
    const span = t(`periods.${period}`)
    const text = currency_code
      ? t("budgets.limitMoney", { amount: format.money(limit, currency_code), period: span })
      : t("budgets.limitCount", { count: limit, formatted: format.number(limit), period: span })
    return per_subject ? `${text} · ${t("budgets.perSubjectShort")}` : text
  }
}
