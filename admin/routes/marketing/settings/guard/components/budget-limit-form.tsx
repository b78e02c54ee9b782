import { useRouteModal } from "@medusajs/dashboard/components"
import { Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { BudgetSummary } from "../../../../../../src/types/http"
import { BudgetBurn, useBudgetLimit } from "../../../../../components/budget-burn"
import { DrawerForm } from "../../../../../components/drawer-form"
import { Field } from "../../../../../components/field"
import { NumberInput } from "../../../../../components/number-input"
import { useUpdateBudget } from "../../../../../hooks/api/budgets"
import { useBudgetName } from "../../../../../hooks/use-budget-name"

export const BudgetLimitForm = ({ budget }: { budget: BudgetSummary }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const budgetName = useBudgetName()
  const limitText = useBudgetLimit()
  const { mutate, isPending } = useUpdateBudget(budget.id)
  const [limit, setLimit] = useState(budget.limit)
  const [checked, setChecked] = useState(false)
  const sound = limit > 0 && (budget.kind === "money" || Number.isInteger(limit))

  const submit = () => {
    setChecked(true)
    if (sound) {
      mutate(
        { limit },
        {
          onSuccess: () => {
            toast.success(t("budgets.saved"))
            handleSuccess()
          },
          onError: (error) => toast.error(error.message),
        },
      )
    }
  }

  return (
    <DrawerForm onSubmit={submit} isLoading={isPending}>
      <div className="flex flex-col gap-y-3">
        <Text size="small" weight="plus" leading="compact">
          {budgetName(budget)} · {limitText(budget)}
        </Text>
        <BudgetBurn budget={{ ...budget, limit: sound ? limit : budget.limit }} />
      </div>
      <Field
        label={t("budgets.limitLabel")}
        hint={t("budgets.formDescription")}
        error={
          checked && !sound
            ? t(budget.kind === "money" ? "budgets.limitFault" : "budgets.countFault")
            : undefined
        }
      >
        {({ id, describedBy }) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            invalid={checked && !sound}
            min={0}
            suffix={budget.currency_code?.toUpperCase()}
            value={limit}
            onChange={setLimit}
          />
        )}
      </Field>
    </DrawerForm>
  )
}
