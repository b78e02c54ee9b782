import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import type { BudgetSummary } from "../../src/types/http"
import { useAutomationName } from "./use-automation-name"

/** A budget by what it holds for: "All marketing", "Offers", an automation's name. */
export function useBudgetName() {
  const { t } = useTranslation("marketing")
  const automationName = useAutomationName()
  return useCallback(
    ({ scope, scope_id, scope_name }: Pick<BudgetSummary, "scope" | "scope_id" | "scope_name">) =>
      scope === "store"
        ? t("budgets.scopes.store")
        : scope === "capability"
          ? t(`capabilities.names.${scope_id}`, { defaultValue: scope_id })
          : automationName(scope_name ?? scope_id),
    [t, automationName],
  )
}
