import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { BudgetForm } from "../components/budget-form"

const CreateBudgetPage = () => {
  const { t } = useTranslation("marketing")
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("budgets.create")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="sr-only">{t("budgets.description")}</RouteDrawer.Description>
      </RouteDrawer.Header>
      <BudgetForm />
    </RouteDrawer>
  )
}

export default CreateBudgetPage
