import { CreditCard } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import { BudgetBurn, useBudgetLimit } from "../../../components/budget-burn"
import { EmptyState } from "../../../components/empty-state"
import { LoadError } from "../../../components/load-error"
import { Section } from "../../../components/section"
import { RowsSkeleton } from "../../../components/skeletons"
import { useBudgets } from "../../../hooks/api/budgets"
import { useBudgetName } from "../../../hooks/use-budget-name"

const SHOWN = 20

/** How far each budget of the present span has burnt down, the fullest first. */
export const BudgetsBurnSection = () => {
  const { t } = useTranslation("marketing")
  const budgetName = useBudgetName()
  const limitText = useBudgetLimit()
  const { budgets, isPending, error, refetch } = useBudgets({ limit: SHOWN, offset: 0 })
  const fullest = [...(budgets ?? [])].sort(
    (a, b) => (b.reserved + b.settled) / b.limit - (a.reserved + a.settled) / a.limit,
  )

  return (
    <Section
      title={t("budgets.burnTitle")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link
            to={
              budgets?.length === 0 ? "/marketing/settings/guard/create-budget" : "/marketing/settings/guard"
            }
          >
            {t(budgets?.length === 0 ? "budgets.create" : "budgets.manage")}
          </Link>
        </Button>
      }
    >
      {isPending ? (
        <RowsSkeleton rows={2} />
      ) : error || !budgets ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : budgets.length === 0 ? (
        <EmptyState
          icon={<CreditCard className="text-ui-fg-subtle" />}
          title={t("budgets.emptyTitle")}
          message={t("budgets.emptyMessage")}
        />
      ) : (
        <ul className="divide-y">
          {fullest.map((budget) => (
            <li key={budget.id} className="flex flex-col gap-y-2 px-6 py-4">
              <div className="flex items-baseline justify-between gap-x-4">
                <Text size="small" leading="compact" weight="plus" className="truncate">
                  {budgetName(budget)}
                </Text>
                <Text size="small" leading="compact" className="text-ui-fg-subtle shrink-0">
                  {limitText(budget)}
                </Text>
              </div>
              <BudgetBurn budget={budget} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
