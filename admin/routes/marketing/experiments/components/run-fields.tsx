import { useTranslation } from "react-i18next"
import { Field } from "../../../../components/field"
import { NumberInput } from "../../../../components/number-input"
import { MOST_COVARIATE_DAYS, MOST_DAYS } from "../../../../lib/experiment-draft"
import type { DraftFieldsProps } from "./experiment-form"
import { FormPart } from "./form-part"

export const RunFields = ({ draft, update, faults, checked }: DraftFieldsProps) => {
  const { t } = useTranslation("marketing")
  const fields = [
    { name: "traffic", min: 1, max: 100, scale: 100, suffix: "%" },
    { name: "minimum_effect", min: 0.1, max: 1000, scale: 100, suffix: "%" },
    { name: "planned_days", min: 1, max: MOST_DAYS, suffix: t("placements.days") },
    { name: "covariate_days", min: 0, max: MOST_COVARIATE_DAYS, suffix: t("placements.days") },
  ] as const

  return (
    <FormPart title={t("experiments.run")}>
      <div className="grid gap-4 md:grid-cols-2">
        {fields.map(({ name, ...input }) => (
          <Field
            key={name}
            label={t(`experiments.runFields.${name}.label`)}
            hint={t(`experiments.runFields.${name}.hint`)}
            error={checked && faults.has(name) ? t(`experiments.faults.${name}`) : undefined}
          >
            {({ id, describedBy }) => (
              <NumberInput
                id={id}
                describedBy={describedBy}
                invalid={checked && faults.has(name)}
                value={draft[name]}
                onChange={(value) => update({ [name]: value })}
                {...input}
              />
            )}
          </Field>
        ))}
      </div>
    </FormPart>
  )
}
