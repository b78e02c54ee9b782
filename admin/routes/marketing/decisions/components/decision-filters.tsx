import { Button } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { CataloguePickOne } from "../../../../components/catalogue-picker"
import { DayRange } from "../../../../components/day-range"
import { FilterChoice } from "../../../../components/filter-choice"
import { useAutomations } from "../../../../hooks/api/automations"
import { useAutomationName } from "../../../../hooks/use-automation-name"
import { CAPABILITIES } from "../../../../lib/capabilities"
import { OUTCOMES, STATUSES } from "../../../../lib/modes"
import type { DecisionFilters as Filters } from "./use-decision-filters"

const MOST_AUTOMATIONS = 100

interface DecisionFiltersProps {
  filters: Filters
  onChange: (change: Filters) => void
  onClear: () => void
}

export const DecisionFilters = ({ filters, onChange, onClear }: DecisionFiltersProps) => {
  const { t } = useTranslation("marketing")
  const { automations } = useAutomations({ limit: MOST_AUTOMATIONS, offset: 0 })
  const automationName = useAutomationName()

  return (
    <div role="group" aria-label={t("decisions.filters.label")} className="flex flex-wrap gap-2 px-6 py-3">
      <FilterChoice
        label={t("capabilities.one")}
        any={t("decisions.filters.anyCapability")}
        value={filters.capability}
        options={CAPABILITIES.map((name) => [name, t(`capabilities.names.${name}`)])}
        onChange={(capability) => onChange({ capability })}
      />
      <FilterChoice
        label={t("decisions.automation")}
        any={t("decisions.filters.anyAutomation")}
        value={filters.automation_id}
        options={(automations ?? []).map(({ id, name }) => [id, automationName(name)])}
        onChange={(automation_id) => onChange({ automation_id })}
      />
      <FilterChoice
        label={t("decisions.outcome")}
        any={t("decisions.filters.anyOutcome")}
        value={filters.outcome}
        options={OUTCOMES.map((outcome) => [outcome, t(`outcomes.${outcome}`)])}
        onChange={(outcome) => onChange({ outcome })}
      />
      <FilterChoice
        label={t("decisions.status")}
        any={t("decisions.filters.anyStatus")}
        value={filters.status}
        options={STATUSES.map((status) => [status, t(`decisions.statuses.${status}`)])}
        onChange={(status) => onChange({ status })}
      />
      <DayRange from={filters.from} to={filters.to} onChange={onChange} />
      <div className="w-60">
        <CataloguePickOne
          kind="customer"
          label={t("decisions.customer")}
          value={filters.customer_id}
          onChange={(customer_id) => onChange({ customer_id: customer_id ?? "", weight: "" })}
        />
      </div>
      {filters.customer_id && (
        <FilterChoice
          label={t("decisions.filters.kinds")}
          any={t("decisions.filters.heavy")}
          value={filters.weight}
          options={[["light", t("decisions.filters.light")]]}
          onChange={(weight) => onChange({ weight })}
        />
      )}
      {Object.keys(filters).length > 0 && (
        <Button size="small" variant="transparent" onClick={onClear}>
          {t("decisions.filters.clear")}
        </Button>
      )}
    </div>
  )
}
