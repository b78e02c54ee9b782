import { Checkbox, Label, Text } from "@medusajs/ui"
import { useId, type ReactNode } from "react"
import { useTranslation } from "react-i18next"

interface OverlayFieldProps {
  label: string
  /** What stands now, in words. */
  standing: string
  changed: boolean
  onChanged: (changed: boolean) => void
  /** What it is in this arm. */
  children: ReactNode
}

/** A setting that an arm leaves as it stands, or changes. */
export const OverlayField = ({ label, standing, changed, onChanged, children }: OverlayFieldProps) => {
  const { t } = useTranslation("marketing")
  const id = useId()
  return (
    <div className="grid items-start gap-x-4 gap-y-2 py-2 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex items-start gap-x-2">
        <Checkbox
          id={id}
          className="mt-0.5 shrink-0"
          checked={changed}
          onCheckedChange={(next) => onChanged(next === true)}
        />
        <div className="flex flex-col">
          <Label htmlFor={id} size="small">
            {label}
          </Label>
          <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
            {t("experiments.standing", { value: standing })}
          </Text>
        </div>
      </div>
      {changed && <div className="flex min-w-0 flex-col gap-y-2">{children}</div>}
    </div>
  )
}

export type ArmOverlay = Record<string, unknown>

/** The settings with one laid over, or left as it stands. */
export function laidOver(settings: ArmOverlay, name: string, value: unknown): ArmOverlay | null {
  const next = { ...settings, [name]: value }
  if (value === undefined) {
    delete next[name]
  }
  return Object.keys(next).length === 0 ? null : next
}
