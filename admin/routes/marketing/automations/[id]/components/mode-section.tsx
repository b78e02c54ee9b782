import { InlineTip } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { AutomationSummary } from "../../../../../../src/types/http"
import { Field } from "../../../../../components/field"
import { ModeChoice } from "../../../../../components/mode-choice"
import { NumberInput } from "../../../../../components/number-input"
import { Section } from "../../../../../components/section"
import { MODES } from "../../../../../lib/modes"
import type { DraftProps } from "./use-automation-draft"

interface ModeSectionProps extends DraftProps {
  base: AutomationSummary
  simulate: ReactNode
}

export const ModeSection = ({ draft, update, faults, base, simulate }: ModeSectionProps) => {
  const { t } = useTranslation("marketing")
  const quiet = base.mode === "off" || base.mode === "shadow"
  const begins = quiet && draft.mode !== "off" && draft.mode !== "shadow"
  const fault = faults.has("canary_percent") ? t("automations.faults.range", { from: 1, to: 99 }) : undefined

  return (
    <Section title={t("automations.mode.title")} description={t("automations.mode.description")}>
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <ModeChoice
          label={t("automations.mode.title")}
          mode={draft.mode}
          modes={MODES}
          onChange={(mode) => update({ mode })}
          canary={
            <Field
              label={t("automations.mode.canaryShare")}
              hint={t("automations.mode.canaryHint")}
              error={fault}
            >
              {({ id, describedBy }) => (
                <NumberInput
                  id={id}
                  describedBy={describedBy}
                  invalid={fault !== undefined}
                  min={1}
                  max={99}
                  step={1}
                  suffix="%"
                  value={draft.canary_percent}
                  onChange={(canary_percent) => update({ canary_percent })}
                />
              )}
            </Field>
          }
        />
        {begins && (
          <InlineTip label={t("automations.mode.simulateFirst")}>
            <span className="flex flex-col items-start gap-y-2">
              {t("automations.mode.simulateFirstText")}
              {simulate}
            </span>
          </InlineTip>
        )}
      </div>
    </Section>
  )
}
