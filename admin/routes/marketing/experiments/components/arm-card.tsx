import { XMarkMini } from "@medusajs/icons"
import { Badge, Hint, IconButton, Input, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExperimentArm, ExperimentTarget } from "../../../../../src/types/http"
import { Field, SwitchField } from "../../../../components/field"
import { NumberInput } from "../../../../components/number-input"
import { useFormat } from "../../../../hooks/use-format"
import { changesNothing } from "../../../../lib/experiment-draft"
import { AutomationArmSettings } from "./automation-arm-settings"
import { PlacementArmSettings } from "./placement-arm-settings"
import { StorefrontArmSettings } from "./storefront-arm-settings"

interface ArmCardProps {
  arm: ExperimentArm
  target: ExperimentTarget
  control: boolean
  /** Of all customers and visitors. */
  share: number
  onChange: (change: Partial<ExperimentArm>) => void
  /** Missing where it cannot be removed. */
  onRemove?: () => void
}

export const ArmCard = ({ arm, target, control, share, onChange, onRemove }: ArmCardProps) => {
  const { t } = useTranslation("marketing")
  const format = useFormat()
  return (
    <div
      role="group"
      aria-label={arm.name}
      className="bg-ui-bg-component shadow-elevation-card-rest flex flex-col gap-y-4 rounded-lg p-4"
    >
      <div className="flex items-center justify-between gap-x-4">
        <Badge size="2xsmall">{control ? t("experiments.control") : t("experiments.variant")}</Badge>
        {onRemove && (
          <IconButton
            type="button"
            size="small"
            variant="transparent"
            aria-label={t("actions.removeNamed", { name: arm.name })}
            onClick={onRemove}
          >
            <XMarkMini />
          </IconButton>
        )}
      </div>
      <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_160px]">
        <Field label={t("experiments.armName")}>
          {({ id, describedBy }) => (
            <Input
              id={id}
              size="small"
              aria-describedby={describedBy}
              autoComplete="off"
              maxLength={60}
              value={arm.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t("experiments.weight")}
          hint={t("experiments.weightHint", { share: format.percent(share) })}
        >
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              min={0}
              step={1}
              value={arm.weight}
              onChange={(weight) => onChange({ weight })}
            />
          )}
        </Field>
      </div>
      {control && target.type !== "storefront" ? (
        <Text size="small" className="text-ui-fg-subtle">
          {t("experiments.controlHint")}
        </Text>
      ) : (
        <>
          {!control && (
            <SwitchField
              label={t(`experiments.targets.${target.type}.off`)}
              hint={t("experiments.offHint")}
              checked={arm.off}
              onChange={(off) => onChange({ off })}
            />
          )}
          {!arm.off && target.id !== "" && (
            <ArmSettings arm={arm} target={target} onSettings={(settings) => onChange({ settings })} />
          )}
          {!control && target.id !== "" && changesNothing(target, arm) && (
            <Hint>{t("experiments.changesNothing")}</Hint>
          )}
        </>
      )}
    </div>
  )
}

interface ArmSettingsProps {
  arm: ExperimentArm
  target: ExperimentTarget
  onSettings: (settings: ExperimentArm["settings"]) => void
}

const ArmSettings = ({ arm, target, onSettings }: ArmSettingsProps) => {
  const settings = arm.settings ?? {}
  switch (target.type) {
    case "automation":
      return <AutomationArmSettings id={target.id} settings={settings} onChange={onSettings} />
    case "placement":
      return <PlacementArmSettings handle={target.id} settings={settings} onChange={onSettings} />
    case "storefront":
      return <StorefrontArmSettings settings={settings} onChange={onSettings} />
  }
}
