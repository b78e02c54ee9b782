import { useTranslation } from "react-i18next"
import { Field, SwitchField } from "../../../../../components/field"
import { NumberInput } from "../../../../../components/number-input"
import { Section } from "../../../../../components/section"
import { FLOORS } from "../../../../../lib/placement-draft"
import type { CheckedDraftProps } from "./section-props"

export const ExplorationSection = ({ draft, update, faults }: CheckedDraftProps) => {
  const { t } = useTranslation("marketing")
  const { exploration } = draft
  const fault = faults.has("floor")
    ? t("placements.faults.floor")
    : faults.has("floor_total")
      ? t("placements.faults.floor_total")
      : undefined

  return (
    <Section title={t("exploration.title")} description={t("exploration.description")}>
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <SwitchField
          label={t("exploration.enabled")}
          hint={t("exploration.enabledHint")}
          checked={exploration.enabled}
          onChange={(enabled) => update({ exploration: { ...exploration, enabled } })}
        />
        {/* A share that is wrong keeps the placement from being saved, so it stays in sight. */}
        {(exploration.enabled || faults.has("floor")) && (
          <div className="max-w-[280px]">
            <Field label={t("exploration.floor")} hint={t("exploration.floorHint")} error={fault}>
              {({ id, describedBy }) => (
                <NumberInput
                  id={id}
                  describedBy={describedBy}
                  invalid={fault !== undefined}
                  min={FLOORS.least * 100}
                  max={FLOORS.most * 100}
                  step={1}
                  scale={100}
                  suffix="%"
                  value={exploration.floor}
                  onChange={(floor) => update({ exploration: { ...exploration, floor } })}
                />
              )}
            </Field>
          </div>
        )}
      </div>
    </Section>
  )
}
