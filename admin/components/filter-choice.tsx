import { Select } from "@medusajs/ui"

const ANY = "any"

interface FilterChoiceProps {
  label: string
  /** What stands there while nothing is chosen. */
  any: string
  value: string | undefined
  options: (readonly [value: string, label: string])[]
  onChange: (value: string) => void
}

/** One thing a list is narrowed by. */
export const FilterChoice = ({ label, any, value, options, onChange }: FilterChoiceProps) => (
  <Select size="small" value={value ?? ANY} onValueChange={(next) => onChange(next === ANY ? "" : next)}>
    <Select.Trigger aria-label={label} className="w-auto max-w-60 gap-x-2">
      <Select.Value />
    </Select.Trigger>
    <Select.Content>
      <Select.Item value={ANY}>{any}</Select.Item>
      {options.map(([option, text]) => (
        <Select.Item key={option} value={option}>
          {text}
        </Select.Item>
      ))}
    </Select.Content>
  </Select>
)
