import { Hint, Label, Text } from "@medusajs/ui"
import { useId } from "react"
import { useStoreCurrencies } from "../hooks/api/store"
import { useFormat } from "../hooks/use-format"
import { NumberInput } from "./number-input"

interface MoneyByCurrencyProps {
  label: string
  hint?: string
  error?: string
  /** Major units; a currency that is not set is missing. */
  value: Record<string, number>
  onChange: (value: Record<string, number>) => void
}

/** An amount for each currency that the store sells in; one that is set already stays, though no longer sold in. */
export const MoneyByCurrency = ({ label, hint, error, value, onChange }: MoneyByCurrencyProps) => {
  const format = useFormat()
  const id = useId()
  const { currencies } = useStoreCurrencies()
  const codes = [...new Set([...(currencies ?? []), ...Object.keys(value)])]

  const set = (code: string, amount: number) => {
    const next = { ...value }
    if (Number.isNaN(amount)) {
      delete next[code]
    } else {
      next[code] = amount
    }
    onChange(next)
  }

  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={hint || error ? `${id}-hint` : undefined}
      className="flex flex-col gap-y-2"
    >
      <Text id={`${id}-label`} size="small" weight="plus" leading="compact">
        {label}
      </Text>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {codes.map((code) => (
          <div key={code} className="flex flex-col gap-y-1">
            <Label htmlFor={`${id}-${code}`} size="xsmall" className="text-ui-fg-subtle">
              {format.currencyName(code)}
            </Label>
            <NumberInput
              id={`${id}-${code}`}
              min={0}
              invalid={error !== undefined}
              suffix={code.toUpperCase()}
              value={value[code] ?? NaN}
              onChange={(amount) => set(code, amount)}
            />
          </div>
        ))}
      </div>
      {(error ?? hint) && (
        <Hint id={`${id}-hint`} variant={error ? "error" : "info"}>
          {error ?? hint}
        </Hint>
      )}
    </div>
  )
}
