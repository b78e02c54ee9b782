import { Label, Text, clx } from "@medusajs/ui"
import { useId, type CSSProperties, type ReactNode } from "react"

interface DialProps {
  label: string
  hint?: string
  /** 0 to 1. */
  value: number
  onChange: (value: number) => void
  /** What its two ends stand for. */
  low: string
  high: string
  /** The value as it is read out. */
  valueText: string
  children?: ReactNode
}

export const Dial = ({ label, hint, value, onChange, low, high, valueText, children }: DialProps) => {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-2">
      <div className="flex items-baseline justify-between gap-x-4">
        <Label size="small" weight="plus" htmlFor={id}>
          {label}
        </Label>
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
          {valueText}
        </Text>
      </div>
      {hint && (
        <Text size="small" id={`${id}-hint`} className="text-ui-fg-subtle text-pretty">
          {hint}
        </Text>
      )}
      <RangeInput
        id={id}
        value={value}
        onChange={onChange}
        most={1}
        step={0.05}
        valueText={valueText}
        describedBy={hint ? `${id}-hint` : undefined}
      />
      <div aria-hidden className="flex justify-between">
        <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
          {low}
        </Text>
        <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
          {high}
        </Text>
      </div>
      {children}
    </div>
  )
}

interface RangeInputProps {
  id?: string
  label?: string
  value: number
  onChange: (value: number) => void
  most: number
  step: number
  valueText: string
  describedBy?: string
  colour?: string
}

const TRACK =
  "h-1.5 w-full min-w-0 cursor-pointer appearance-none rounded-full outline-none " +
  "bg-[linear-gradient(to_right,var(--colour)_var(--filled),var(--border-base)_var(--filled))] " +
  "focus-visible:shadow-borders-interactive-with-focus"
const THUMB =
  "[&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full " +
  "[&::-webkit-slider-thumb]:border [&::-webkit-slider-thumb]:border-solid [&::-webkit-slider-thumb]:border-[var(--border-strong)] " +
  "[&::-webkit-slider-thumb]:bg-[var(--bg-base)] [&::-webkit-slider-thumb]:shadow-elevation-card-rest " +
  "[&::-moz-range-thumb]:size-4 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border " +
  "[&::-moz-range-thumb]:border-solid [&::-moz-range-thumb]:border-[var(--border-strong)] [&::-moz-range-thumb]:bg-[var(--bg-base)]"

/** The dashboard has no slider of its own, so this is the browser's in the dashboard's clothes. */
export const RangeInput = ({
  id,
  label,
  value,
  onChange,
  most,
  step,
  valueText,
  describedBy,
  colour = "var(--fg-interactive)",
}: RangeInputProps) => (
  <input
    id={id}
    type="range"
    min={0}
    max={most}
    step={step}
    value={value}
    aria-label={label}
    aria-valuetext={valueText}
    aria-describedby={describedBy}
    onChange={(event) => onChange(Number(event.target.value))}
    style={{ "--filled": `${(value / most) * 100}%`, "--colour": colour } as CSSProperties}
    className={clx(TRACK, THUMB)}
  />
)
