import { Button } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { DayRange } from "../../../../components/day-range"
import { FilterChoice } from "../../../../components/filter-choice"
import { useActors } from "../../../../hooks/api/users"
import { useAuditText } from "../../../../hooks/use-audit-text"

/** What the trail is filtered by: the changes that people and the plugin make. */
const ACTIONS = [
  "kill_switch",
  "withdraw",
  "capability.mode",
  "capability.holdout",
  "capability.tripped",
  "automation.mode",
  "automation.settings",
  "guard",
  "budget",
  "approval",
  "snooze",
  "experiment",
]

type Filters = Partial<Record<"action" | "actor_id" | "from" | "to", string>>

interface AuditFiltersProps {
  filters: Filters
  onChange: (change: Filters) => void
  onClear: () => void
}

export const AuditFilters = ({ filters, onChange, onClear }: AuditFiltersProps) => {
  const { t } = useTranslation("marketing")
  const text = useAuditText()
  const actors = useActors()
  return (
    <div role="group" aria-label={t("decisions.filters.label")} className="flex flex-wrap gap-2 px-6 py-3">
      <FilterChoice
        label={t("audit.what")}
        any={t("audit.anyAction")}
        value={filters.action}
        options={ACTIONS.map((action) => [action, text.action(action)])}
        onChange={(action) => onChange({ action })}
      />
      <FilterChoice
        label={t("audit.who")}
        any={t("audit.anyActor")}
        value={filters.actor_id}
        options={[...actors, ["system", t("audit.system")]]}
        onChange={(actor_id) => onChange({ actor_id })}
      />
      <DayRange from={filters.from} to={filters.to} onChange={onChange} />
      {Object.keys(filters).length > 0 && (
        <Button size="small" variant="transparent" onClick={onClear}>
          {t("decisions.filters.clear")}
        </Button>
      )}
    </div>
  )
}
