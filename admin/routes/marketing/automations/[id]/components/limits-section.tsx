import { useTranslation } from "react-i18next"
import { Field } from "../../../../../components/field"
import { NumberInput } from "../../../../../components/number-input"
import { Section } from "../../../../../components/section"
import { useFormat } from "../../../../../hooks/use-format"
import { MOST_COOLDOWN, MOST_DAILY, MOST_HOLDOUT } from "../../../../../lib/automation-draft"
import type { DraftProps } from "./use-automation-draft"

export const LimitsSection = ({ draft, update, faults }: DraftProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  const { guard } = draft
  const range = (name: string, from: number, to: number) =>
    faults.has(name)
      ? t("automations.faults.range", { from: format.number(from), to: format.number(to) })
      : undefined
  const cooldown = range("cooldown", 0, MOST_COOLDOWN)
  const daily = range("daily", 1, MOST_DAILY)
  const holdout = faults.has("holdout")
    ? t("automations.faults.share", { from: format.wholePercent(0), to: format.wholePercent(MOST_HOLDOUT) })
    : undefined

  return (
    <Section title={t("automations.guard.title")} description={t("automations.guard.description")}>
      <div className="grid grid-cols-1 items-start gap-6 px-6 py-4 md:grid-cols-2">
        <Field
          label={t("automations.guard.cooldown")}
          hint={t("automations.guard.cooldownHint", {
            duration: format.minutes(Number.isFinite(guard.cooldown_minutes) ? guard.cooldown_minutes : 0),
          })}
          error={cooldown}
        >
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              invalid={cooldown !== undefined}
              min={0}
              max={MOST_COOLDOWN}
              step={1}
              value={guard.cooldown_minutes}
              onChange={(cooldown_minutes) => update({ guard: { ...guard, cooldown_minutes } })}
            />
          )}
        </Field>
        <Field
          label={t("automations.guard.daily")}
          optional
          hint={t("automations.guard.dailyHint")}
          error={daily}
        >
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              invalid={daily !== undefined}
              min={1}
              max={MOST_DAILY}
              step={1}
              value={guard.daily_limit ?? NaN}
              onChange={(value) =>
                update({ guard: { ...guard, daily_limit: Number.isNaN(value) ? null : value } })
              }
            />
          )}
        </Field>
        <Field
          label={t("automations.guard.holdout")}
          hint={t("automations.guard.holdoutHint")}
          error={holdout}
        >
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              invalid={holdout !== undefined}
              min={0}
              max={MOST_HOLDOUT * 100}
              scale={100}
              suffix="%"
              value={draft.holdout}
              onChange={(value) => update({ holdout: value })}
            />
          )}
        </Field>
      </div>
    </Section>
  )
}
