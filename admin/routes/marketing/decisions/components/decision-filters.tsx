import { Button, DatePicker, Select } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import { CataloguePickOne } from "../../../../components/catalogue-picker"
import { useAutomations } from "../../../../hooks/api/automations"
import { useAutomationName } from "../../../../hooks/use-automation-name"
import { CAPABILITIES } from "../../../../lib/capabilities"
import { dayOfPicker, pickerDate } from "../../../../lib/days"
import { OUTCOMES, STATUSES } from "../../../../lib/modes"
import type { DecisionFilters as Filters } from "./use-decision-filters"

const ANY = "any"
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
      <Choice
        label={t("capabilities.one")}
        any={t("decisions.filters.anyCapability")}
        value={filters.capability}
        options={CAPABILITIES.map((name) => [name, t(`capabilities.names.${name}`)])}
        onChange={(capability) => onChange({ capability })}
      />
      <Choice
        label={t("decisions.automation")}
        any={t("decisions.filters.anyAutomation")}
        value={filters.automation_id}
        options={(automations ?? []).map(({ id, name }) => [id, automationName(name)])}
        onChange={(automation_id) => onChange({ automation_id })}
      />
      <Choice
        label={t("decisions.outcome")}
        any={t("decisions.filters.anyOutcome")}
        value={filters.outcome}
        options={OUTCOMES.map((outcome) => [outcome, t(`outcomes.${outcome}`)])}
        onChange={(outcome) => onChange({ outcome })}
      />
      <Choice
        label={t("decisions.status")}
        any={t("decisions.filters.anyStatus")}
        value={filters.status}
        options={STATUSES.map((status) => [status, t(`decisions.statuses.${status}`)])}
        onChange={(status) => onChange({ status })}
      />
      <div className="flex items-center gap-x-2">
        <DatePicker
          size="small"
          aria-label={t("decisions.filters.from")}
          value={filters.from ? pickerDate(filters.from) : null}
          maxValue={filters.to ? pickerDate(filters.to) : undefined}
          onChange={(date) => onChange({ from: date ? dayOfPicker(date) : "" })}
        />
        <span aria-hidden className="text-ui-fg-muted">
          –
        </span>
        <DatePicker
          size="small"
          aria-label={t("decisions.filters.to")}
          value={filters.to ? pickerDate(filters.to) : null}
          minValue={filters.from ? pickerDate(filters.from) : undefined}
          onChange={(date) => onChange({ to: date ? dayOfPicker(date) : "" })}
        />
      </div>
      <div className="w-60">
        <CataloguePickOne
          kind="customer"
          label={t("decisions.customer")}
          value={filters.customer_id}
          onChange={(customer_id) => onChange({ customer_id: customer_id ?? "", weight: "" })}
        />
      </div>
      {filters.customer_id && (
        <Choice
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

interface ChoiceProps {
  label: string
  /** What stands there while nothing is chosen. */
  any: string
  value: string | undefined
  options: [value: string, label: string][]
  onChange: (value: string) => void
}

const Choice = ({ label, any, value, options, onChange }: ChoiceProps) => {
  const id = useId()
  return (
    <Select size="small" value={value ?? ANY} onValueChange={(next) => onChange(next === ANY ? "" : next)}>
      <Select.Trigger id={id} aria-label={label} className="w-auto max-w-60">
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        <Select.Item value={ANY}>{any}</Select.Item>
        {options.map(([option, text]) => (
          <Select.Item key={option} value={option}>
            {text}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
}
