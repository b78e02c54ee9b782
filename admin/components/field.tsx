import { Hint, Label, Switch, Text } from "@medusajs/ui"
import { useId, type ReactNode } from "react"
import { useTranslation } from "react-i18next"

interface FieldProps {
  label: string
  optional?: boolean
  hint?: string
  error?: string
  /** Receives the ids that tie the control to its label and its hint. */
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode
}

export const Field = ({ label, optional, hint, error, children }: FieldProps) => {
  const { t } = useTranslation("marketing")
  const id = useId()
  const describedBy = hint || error ? `${id}-hint` : undefined
  return (
    <div className="flex flex-col gap-y-2">
      <div className="flex items-center gap-x-1">
        <Label size="small" weight="plus" htmlFor={id}>
          {label}
        </Label>
        {optional && (
          <Text size="small" leading="compact" className="text-ui-fg-muted">
            ({t("general.optional")})
          </Text>
        )}
      </div>
      {children({ id, describedBy })}
      {(error ?? hint) && (
        <Hint id={describedBy} variant={error ? "error" : "info"}>
          {error ?? hint}
        </Hint>
      )}
    </div>
  )
}

interface SwitchFieldProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

export const SwitchField = ({ label, hint, checked, onChange }: SwitchFieldProps) => {
  const id = useId()
  return (
    <div className="shadow-elevation-card-rest bg-ui-bg-component flex items-start gap-x-3 rounded-lg px-3 py-2.5">
      <Switch
        id={id}
        size="small"
        className="mt-0.5 shrink-0"
        checked={checked}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <div className="flex flex-col">
        <Label size="small" weight="plus" htmlFor={id}>
          {label}
        </Label>
        {hint && (
          <Text size="small" id={`${id}-hint`} className="text-ui-fg-subtle text-pretty">
            {hint}
          </Text>
        )}
      </div>
    </div>
  )
}
