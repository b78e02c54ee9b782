import { Input, clx } from "@medusajs/ui"
import { useState } from "react"

interface NumberInputProps {
  id?: string
  /** Its name where no label element stands beside it. */
  label?: string
  describedBy?: string
  invalid?: boolean
  /** NaN while nothing that is a number stands there. */
  value: number
  onChange: (value: number) => void
  /** Shown times so much: 100 for a share that is read as a percentage. */
  scale?: number
  suffix?: string
  min?: number
  max?: number
  step?: number | "any"
}

export const NumberInput = ({
  id,
  label,
  describedBy,
  invalid,
  value,
  onChange,
  scale = 1,
  suffix,
  min,
  max,
  step = "any",
}: NumberInputProps) => {
  const [typed, setTyped] = useState("")
  const shown = Number.isFinite(value) ? String(Number((value * scale).toPrecision(12))) : ""
  // What is half typed, such as "1." or an empty field, is kept as long as it means the value.
  const text = meaning(typed, scale) === value || (typed === "" && shown === "") ? typed : shown

  return (
    <div className="relative">
      <Input
        id={id}
        size="small"
        type="number"
        min={min}
        max={max}
        step={step}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(meaning(event.target.value, scale))
        }}
        className={clx("tabular-nums", { "pe-14": suffix })}
      />
      {suffix && (
        <span
          aria-hidden
          className="txt-compact-small text-ui-fg-muted pointer-events-none absolute inset-y-0 end-2 flex items-center"
        >
          {suffix}
        </span>
      )}
    </div>
  )
}

function meaning(text: string, scale: number): number {
  return text.trim() === "" ? NaN : Number(text) / scale
}
