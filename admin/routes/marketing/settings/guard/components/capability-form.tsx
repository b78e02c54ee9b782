import { useRouteModal } from "@medusajs/dashboard/components"
import { Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { CapabilityBody, CapabilityStateAnswer } from "../../../../../../src/types/http"
import { DrawerForm } from "../../../../../components/drawer-form"
import { Field } from "../../../../../components/field"
import { ModeChoice } from "../../../../../components/mode-choice"
import { NumberInput } from "../../../../../components/number-input"
import { useUpdateCapability } from "../../../../../hooks/api/capabilities"

const MOST_HOLDOUT = 0.5

export const CapabilityForm = ({ state }: { state: CapabilityStateAnswer }) => {
  const { t } = useTranslation("marketing")
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useUpdateCapability()
  const [mode, setMode] = useState(state.mode)
  const [percent, setPercent] = useState(state.canary_percent)
  const [holdout, setHoldout] = useState(state.holdout)
  const [checked, setChecked] = useState(false)

  const percentSound = Number.isInteger(percent) && percent >= 1 && percent <= 99
  const holdoutSound = holdout >= 0 && holdout <= MOST_HOLDOUT
  const name = t(`capabilities.names.${state.capability}`)

  const submit = () => {
    setChecked(true)
    if (!percentSound || !holdoutSound) {
      return
    }
    // A mode that is sent ends a breaker's shadow, so only a change is.
    const change: Omit<CapabilityBody, "version"> = {
      ...(mode !== state.mode && { mode }),
      ...(percent !== state.canary_percent && { canary_percent: percent }),
      ...(holdout !== state.holdout && { holdout }),
    }
    if (Object.keys(change).length === 0) {
      handleSuccess()
      return
    }
    mutate(
      { capability: state.capability, version: state.version, ...change },
      {
        onSuccess: () => {
          toast.success(t("capabilities.saved", { name }))
          handleSuccess()
        },
        onError: (error) => toast.error(error.message),
      },
    )
  }

  return (
    <DrawerForm onSubmit={submit} isLoading={isPending}>
      <div className="flex flex-col gap-y-3">
        <Text size="small" weight="plus" leading="compact">
          {t("capabilities.modeLabel")}
        </Text>
        <ModeChoice
          label={t("capabilities.modeLabel")}
          mode={mode}
          modes={state.modes}
          onChange={setMode}
          canary={
            <Field
              label={t("automations.mode.canaryShare")}
              hint={t("automations.mode.canaryHint")}
              error={
                checked && !percentSound ? t("automations.faults.range", { from: 1, to: 99 }) : undefined
              }
            >
              {({ id, describedBy }) => (
                <NumberInput
                  id={id}
                  describedBy={describedBy}
                  invalid={checked && !percentSound}
                  min={1}
                  max={99}
                  step={1}
                  suffix="%"
                  value={percent}
                  onChange={setPercent}
                />
              )}
            </Field>
          }
        />
      </div>
      <Field
        label={t("capabilities.holdout")}
        hint={t("capabilities.holdoutHint")}
        error={checked && !holdoutSound ? t("guard.faults.share") : undefined}
      >
        {({ id, describedBy }) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            invalid={checked && !holdoutSound}
            min={0}
            max={MOST_HOLDOUT * 100}
            scale={100}
            suffix="%"
            value={holdout}
            onChange={setHoldout}
          />
        )}
      </Field>
    </DrawerForm>
  )
}
