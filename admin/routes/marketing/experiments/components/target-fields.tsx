import { Hint, Input, RadioGroup, Select } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentTarget } from "../../../../../src/types/http"
import { Field } from "../../../../components/field"
import { useAutomations } from "../../../../hooks/api/automations"
import { usePlacements } from "../../../../hooks/api/placements"
import { usePlacementName } from "../../../../hooks/use-placement-name"
import { withTarget } from "../../../../lib/experiment-draft"
import type { DraftFieldsProps } from "./experiment-form"
import { FormPart } from "./form-part"

const TYPES: ExperimentTarget["type"][] = ["placement", "automation", "storefront"]

export const TargetFields = ({ draft, update, faults, checked }: DraftFieldsProps) => {
  const { t } = useTranslation("marketing")
  const { target } = draft
  const change = (next: ExperimentTarget) => update(withTarget(draft, next))
  const fault = checked && (faults.has("target") || faults.has("key"))

  return (
    <FormPart title={t("experiments.target")} description={t("experiments.targetHint")}>
      <RadioGroup
        aria-label={t("experiments.target")}
        value={target.type}
        onValueChange={(type) => change({ type: type as ExperimentTarget["type"], id: "" })}
        className="grid grid-cols-1 gap-3 md:grid-cols-3"
      >
        {TYPES.map((type) => (
          <RadioGroup.ChoiceBox
            key={type}
            value={type}
            label={t(`experiments.targets.${type}.label`)}
            description={t(`experiments.targets.${type}.help`)}
          />
        ))}
      </RadioGroup>
      {target.type === "storefront" ? (
        <Field
          label={t("experiments.key")}
          hint={t("experiments.keyHint")}
          error={fault ? t("experiments.faults.key") : undefined}
        >
          {({ id, describedBy }) => (
            <Input
              id={id}
              size="small"
              className="font-mono"
              aria-describedby={describedBy}
              autoComplete="off"
              maxLength={64}
              placeholder="hero_image"
              value={target.id}
              onChange={(event) => change({ type: "storefront", id: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <div className="flex flex-col gap-y-2">
          <TargetSelect target={target} onChange={(id) => change({ type: target.type, id })} />
          {fault && <Hint variant="error">{t("experiments.faults.target")}</Hint>}
        </div>
      )}
    </FormPart>
  )
}

const TargetSelect = ({ target, onChange }: { target: ExperimentTarget; onChange: (id: string) => void }) => {
  const { t } = useTranslation("marketing")
  const nameOf = usePlacementName()
  const { automations } = useAutomations({ limit: 50, offset: 0 })
  const { placements } = usePlacements({ limit: 50, offset: 0 })
  const options =
    target.type === "automation"
      ? automations?.map(({ id, name }) => ({ id, name }))
      : placements?.map(({ handle, name }) => ({ id: handle, name: nameOf(handle, name) }))

  return (
    // Another list needs a select of its own: the former choice is none of its options.
    <Select key={target.type} size="small" value={target.id || undefined} onValueChange={onChange}>
      <Select.Trigger aria-label={t(`experiments.targets.${target.type}.label`)}>
        <Select.Value placeholder={t(`experiments.targets.${target.type}.choose`)} />
      </Select.Trigger>
      <Select.Content>
        {options?.map(({ id, name }) => (
          <Select.Item key={id} value={id}>
            {name}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
}
