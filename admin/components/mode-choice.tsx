import { Label, RadioGroup, Text } from "@medusajs/ui"
import { useId, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { DecisionMode } from "../../src/types/http"

interface ModeChoiceProps {
  label: string
  mode: DecisionMode
  modes: readonly DecisionMode[]
  onChange: (mode: DecisionMode) => void
  /** What a canary needs beside: its share. */
  canary: ReactNode
}

/** The modes from nothing to everything, each with what it means. */
export const ModeChoice = ({ label, mode, modes, onChange, canary }: ModeChoiceProps) => {
  const { t } = useTranslation("marketing")
  const id = useId()
  return (
    <RadioGroup
      aria-label={label}
      value={mode}
      onValueChange={(value) => onChange(value as DecisionMode)}
      className="flex flex-col gap-y-3"
    >
      {modes.map((name) => (
        <div key={name} className="flex items-start gap-x-3">
          <RadioGroup.Item
            value={name}
            id={`${id}-${name}`}
            aria-describedby={`${id}-${name}-help`}
            className="mt-0.5 shrink-0"
          />
          <div className="flex min-w-0 flex-1 flex-col">
            <Label htmlFor={`${id}-${name}`} size="small" weight="plus">
              {t(`modes.${name}.label`)}
            </Label>
            <Text size="small" id={`${id}-${name}-help`} className="text-ui-fg-subtle text-pretty">
              {t(`modes.${name}.help`)}
            </Text>
            {name === "canary" && mode === "canary" && <div className="max-w-[240px] pt-2">{canary}</div>}
          </div>
        </div>
      ))}
    </RadioGroup>
  )
}
