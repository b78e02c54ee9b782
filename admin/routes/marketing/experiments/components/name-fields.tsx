import { Input, Textarea } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Field } from "../../../../components/field"
import type { DraftFieldsProps } from "./experiment-form"

export const NameFields = ({ draft, update, faults, checked }: DraftFieldsProps) => {
  const { t } = useTranslation("marketing")
  return (
    <div className="flex flex-col gap-y-4">
      <Field
        label={t("experiments.name")}
        error={checked && faults.has("name") ? t("experiments.faults.name") : undefined}
      >
        {({ id, describedBy }) => (
          <Input
            id={id}
            size="small"
            aria-describedby={describedBy}
            autoComplete="off"
            maxLength={120}
            value={draft.name}
            onChange={(event) => update({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("experiments.hypothesis")} optional hint={t("experiments.hypothesisHint")}>
        {({ id, describedBy }) => (
          <Textarea
            id={id}
            aria-describedby={describedBy}
            rows={2}
            maxLength={1000}
            value={draft.hypothesis}
            onChange={(event) => update({ hypothesis: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
