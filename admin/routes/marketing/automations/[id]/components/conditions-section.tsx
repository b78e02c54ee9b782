import { useTranslation } from "react-i18next"
import type { SettingField } from "../../../../../../src/types/http"
import { Field } from "../../../../../components/field"
import { MoneyByCurrency } from "../../../../../components/money-by-currency"
import { NumberInput } from "../../../../../components/number-input"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { moneyOf } from "../../../../../lib/automation-draft"
import type { DraftProps } from "./use-automation-draft"

interface ConditionsSectionProps extends DraftProps {
  fields: readonly SettingField[]
}

/** A form for whatever settings a kind of automation has. */
export const ConditionsSection = ({ draft, update, faults, fields }: ConditionsSectionProps) => {
  const { t } = useTranslation("marketing")
  if (fields.length === 0) {
    return null
  }
  return (
    <Section title={t("automations.conditions.title")} description={t("automations.conditions.description")}>
      <div className="flex flex-col gap-y-6 px-6 py-4">
        {fields.map((field) => (
          <Setting
            key={field.name}
            field={field}
            value={draft.settings[field.name]}
            wrong={faults.has(field.name)}
            onChange={(value) => update({ settings: { ...draft.settings, [field.name]: value } })}
          />
        ))}
      </div>
    </Section>
  )
}

interface SettingProps {
  field: SettingField
  value: unknown
  wrong: boolean
  onChange: (value: unknown) => void
}

const Setting = ({ field, value, wrong, onChange }: SettingProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { name, type, minimum, maximum } = field
  const label = t(`automations.fields.${name}.label`, { defaultValue: name.replaceAll("_", " ") })
  const hint = t(`automations.fields.${name}.hint`, { defaultValue: "" }) || undefined

  if (type === "money_by_currency") {
    return (
      <MoneyByCurrency
        label={label}
        hint={hint}
        error={wrong ? t("automations.faults.money") : undefined}
        value={moneyOf(value)}
        onChange={onChange}
      />
    )
  }
  const share = type === "share"
  const shown = (limit: number) => (share ? format.wholePercent(limit) : format.number(limit))
  const error = wrong
    ? t(share ? "automations.faults.share" : "automations.faults.range", {
        from: shown(minimum),
        to: shown(maximum),
      })
    : undefined
  return (
    <div className="max-w-[360px]">
      <Field label={label} hint={hint} error={error}>
        {({ id, describedBy }) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            invalid={wrong}
            min={share ? minimum * 100 : minimum}
            max={share ? maximum * 100 : maximum}
            step={share ? "any" : 1}
            scale={share ? 100 : 1}
            suffix={share ? "%" : undefined}
            value={typeof value === "number" ? value : NaN}
            onChange={onChange}
          />
        )}
      </Field>
    </div>
  )
}
