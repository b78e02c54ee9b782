import { useTranslation } from "react-i18next"
import type { SettingField } from "../../../../../src/types/http"
import { NumberInput } from "../../../../components/number-input"
import { useAutomation } from "../../../../hooks/api/automations"
import { useStoreCurrencies } from "../../../../hooks/api/store"
import { useSettingText } from "../../../../hooks/use-setting-text"
import { laidOver, OverlayField, type ArmOverlay } from "./overlay-field"

interface AutomationArmSettingsProps {
  id: string
  settings: ArmOverlay
  onChange: (settings: ArmOverlay | null) => void
}

/** The automation's own settings, each of which an arm may change. */
export const AutomationArmSettings = ({ id, settings, onChange }: AutomationArmSettingsProps) => {
  const text = useSettingText()
  const { automation } = useAutomation(id)
  return (
    <div className="divide-y">
      {automation?.fields.map((field) => {
        const standing = automation.settings[field.name]
        const changed = field.name in settings
        return (
          <OverlayField
            key={field.name}
            label={text.name(field.name)}
            standing={text.value(field, standing)}
            changed={changed}
            onChanged={(on) => onChange(laidOver(settings, field.name, on ? standing : undefined))}
          >
            <SettingInput
              field={field}
              value={settings[field.name]}
              onChange={(value) => onChange(laidOver(settings, field.name, value))}
            />
          </OverlayField>
        )
      })}
    </div>
  )
}

interface SettingInputProps {
  field: SettingField
  value: unknown
  onChange: (value: unknown) => void
}

const SettingInput = ({ field, value, onChange }: SettingInputProps) => {
  const { t } = useTranslation("marketing")
  const text = useSettingText()
  const { currencies } = useStoreCurrencies()

  if (field.type === "money_by_currency") {
    const amounts = (value ?? {}) as Record<string, number>
    const codes = [...new Set([...(currencies ?? []), ...Object.keys(amounts)])]
    return codes.map((code) => (
      <NumberInput
        key={code}
        label={`${text.name(field.name)} (${code.toUpperCase()})`}
        suffix={code.toUpperCase()}
        min={0}
        value={amounts[code] ?? NaN}
        onChange={(amount) => {
          const next = { ...amounts, [code]: amount }
          // An emptied currency is one without a value, not a fault.
          if (Number.isNaN(amount)) delete next[code]
          onChange(next)
        }}
      />
    ))
  }
  return (
    <NumberInput
      label={text.name(field.name)}
      min={field.type === "share" ? field.minimum * 100 : field.minimum}
      max={field.type === "share" ? field.maximum * 100 : field.maximum}
      scale={field.type === "share" ? 100 : 1}
      suffix={
        field.type === "minutes" ? t("experiments.minutesUnit") : field.type === "share" ? "%" : undefined
      }
      value={typeof value === "number" ? value : NaN}
      onChange={onChange}
    />
  )
}
