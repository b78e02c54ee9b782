import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { EmptyState } from "../../../../../components/empty-state"
import { useBudgets } from "../../../../../hooks/api/budgets"
import { BudgetLimitForm } from "../components/budget-limit-form"

const MOST = 100

const EditBudgetPage = () => {
  const { t } = useTranslation("marketing")
  const [params] = useSearchParams()
  const { budgets } = useBudgets({ limit: MOST, offset: 0 })
  const budget = budgets?.find(({ id }) => id === params.get("id"))
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("budgets.edit")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("budgets.formDescription")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      {budget ? (
        <BudgetLimitForm key={budget.id} budget={budget} />
      ) : (
        budgets && <EmptyState title={t("budgets.gone")} message="" />
      )}
    </RouteDrawer>
  )
}

export default EditBudgetPage
