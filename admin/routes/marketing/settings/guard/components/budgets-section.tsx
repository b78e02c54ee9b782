import { CreditCard, PencilSquare, Trash } from "@medusajs/icons"
import { Button, Text, toast, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { BudgetSummary } from "../../../../../../src/types/http"
import { BudgetBurn, useBudgetLimit } from "../../../../../components/budget-burn"
import { EmptyState } from "../../../../../components/empty-state"
import { LoadError } from "../../../../../components/load-error"
import { Pages } from "../../../../../components/pages"
import { RowMenu } from "../../../../../components/row-menu"
import { Section } from "../../../../../components/section"
import { RowsSkeleton } from "../../../../../components/skeletons"
import { useBudgets, useDeleteBudget } from "../../../../../hooks/api/budgets"
import { useBudgetName } from "../../../../../hooks/use-budget-name"

const PAGE_SIZE = 20
const PARAM = "budgets_offset"

export const BudgetsSection = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const offset = Number(params.get(PARAM)) || 0
  const { budgets, count, isPending, error, refetch } = useBudgets({ limit: PAGE_SIZE, offset })
  const create = (
    <Button size="small" variant="secondary" asChild>
      <Link to="create-budget">{t("budgets.create")}</Link>
    </Button>
  )

  return (
    <Section
      title={t("budgets.title")}
      description={t("budgets.description")}
      actions={budgets?.length ? create : undefined}
    >
      {isPending ? (
        <RowsSkeleton rows={2} />
      ) : !budgets ? (
        <LoadError error={error} onRetry={() => void refetch()} />
      ) : budgets.length === 0 ? (
        <EmptyState
          icon={<CreditCard className="text-ui-fg-subtle" />}
          title={t("budgets.emptyTitle")}
          message={t("budgets.emptyMessage")}
          action={create}
        />
      ) : (
        <>
          <ul className="divide-y">
            {budgets.map((budget) => (
              <Row key={budget.id} budget={budget} />
            ))}
          </ul>
          {(count ?? 0) > PAGE_SIZE && (
            <Pages count={count ?? 0} pageSize={PAGE_SIZE} offset={offset} param={PARAM} />
          )}
        </>
      )}
    </Section>
  )
}

const Row = ({ budget }: { budget: BudgetSummary }) => {
  const { t } = useTranslation("marketing")
  const prompt = usePrompt()
  const budgetName = useBudgetName()
  const limitText = useBudgetLimit()
  const { mutate } = useDeleteBudget()
  const name = budgetName(budget)

  const remove = async () => {
    const confirmed = await prompt({
      title: t("general.areYouSure"),
      description: t("budgets.deleteDescription", { name }),
      confirmText: t("actions.delete"),
      cancelText: t("actions.cancel"),
    })
    if (confirmed) {
      mutate(budget.id, {
        onSuccess: () => toast.success(t("budgets.deleted")),
        onError: (error) => toast.error(error.message),
      })
    }
  }

  return (
    <li className="flex items-start gap-x-4 px-6 py-4">
      <div className="grid min-w-0 flex-1 grid-cols-1 items-start gap-x-6 gap-y-2 md:grid-cols-[minmax(0,240px)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col">
          <Text size="small" leading="compact" weight="plus" className="truncate">
            {name}
          </Text>
          <Text size="small" leading="compact" className="text-ui-fg-subtle">
            {limitText(budget)}
          </Text>
        </div>
        <div className="flex min-w-0 flex-col gap-y-1">
          {budget.per_subject && (
            <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
              {t("budgets.mostUsed")}
            </Text>
          )}
          <BudgetBurn budget={budget} />
        </div>
      </div>
      <RowMenu
        label={t("budgets.actions", { name })}
        groups={[
          {
            actions: [
              {
                icon: <PencilSquare />,
                label: t("budgets.edit"),
                to: `edit-budget?id=${budget.id}`,
              },
            ],
          },
          { actions: [{ icon: <Trash />, label: t("actions.delete"), onClick: () => void remove() }] },
        ]}
      />
    </li>
  )
}
