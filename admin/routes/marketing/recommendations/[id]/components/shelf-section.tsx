import { Input } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Field, SwitchField } from "../../../../../components/field"
import { NumberInput } from "../../../../../components/number-input"
import { MOST_RETURNED_DAYS, MOST_SIZE, type Fault } from "../../../../../lib/placement-draft"
import type { CheckedDraftProps } from "./section-props"

export const ShelfSection = ({ draft, update, faults }: CheckedDraftProps) => {
  const { t } = useTranslation("marketing")
  const fault = (name: Fault) => (faults.has(name) ? t(`placements.faults.${name}`) : undefined)

  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      <Field label={t("placements.name")} error={fault("name")}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            size="small"
            aria-describedby={describedBy}
            maxLength={120}
            value={draft.name}
            onChange={(event) => update({ name: event.target.value })}
          />
        )}
      </Field>
      <SwitchField
        label={t("placements.enabled")}
        hint={t("placements.enabledHint")}
        checked={draft.enabled}
        onChange={(enabled) => update({ enabled })}
      />
      <div className="grid grid-cols-1 gap-4 md:grid-cols-3 lg:grid-cols-2 xl:grid-cols-3">
        <Field label={t("placements.size")} hint={t("placements.sizeHint")} error={fault("size")}>
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              invalid={faults.has("size")}
              min={1}
              max={MOST_SIZE}
              step={1}
              value={draft.size}
              onChange={(size) => update({ size })}
            />
          )}
        </Field>
        <Field label={t("placements.minimum")} hint={t("placements.minimumHint")} error={fault("minimum")}>
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              invalid={faults.has("minimum")}
              min={1}
              max={draft.size}
              step={1}
              value={draft.minimum}
              onChange={(minimum) => update({ minimum })}
            />
          )}
        </Field>
        <Field
          label={t("placements.returnedDays")}
          hint={t("placements.returnedDaysHint")}
          error={fault("returned_days")}
        >
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              invalid={faults.has("returned_days")}
              min={0}
              max={MOST_RETURNED_DAYS}
              step={1}
              suffix={t("placements.days")}
              value={draft.exclude_returned_days}
              onChange={(exclude_returned_days) => update({ exclude_returned_days })}
            />
          )}
        </Field>
      </div>
      <SwitchField
        label={t("placements.excludeBought")}
        hint={t("placements.excludeBoughtHint")}
        checked={draft.exclude_bought}
        onChange={(exclude_bought) => update({ exclude_bought })}
      />
      {draft.strategies.some(({ strategy }) => strategy === "session") && (
        <SwitchField
          label={t("placements.repeats")}
          hint={t("placements.repeatsHint")}
          checked={draft.repeats}
          onChange={(repeats) => update({ repeats })}
        />
      )}
    </div>
  )
}
