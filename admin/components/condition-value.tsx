import { Hint, Input, Select } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ValueEditorProps } from "react-querybuilder"
import { FILTER_FIELDS, type FilterField, type Money, type ProductCondition } from "../../src/types/http"
import type { CatalogueKind } from "../hooks/api/catalogue"
import { isComplete } from "../lib/product-filter"
import { CataloguePickMany } from "./catalogue-picker"
import { NumberInput } from "./number-input"

interface Context {
  currencies: string[]
  checked: boolean
}

/** With what a condition compares: picked entries, a text, an amount of money or a number. */
export const ConditionValue = ({
  field,
  operator,
  value,
  handleOnChange,
  context,
  title,
}: ValueEditorProps) => {
  const { t } = useTranslation("marketing")
  const { currencies, checked } = context as Context
  const name = field as FilterField
  const given = value as ProductCondition["value"]
  const missing = checked && !isComplete({ field: name, operator, value: given })
  const label = `${t(`filter.fields.${name}`)}: ${title}`

  return (
    <div className="flex min-w-0 flex-col gap-y-1">
      {FILTER_FIELDS[name] === "ids" && (
        <CataloguePickMany
          // The dashboard's picker keeps its options: each list needs one of its own.
          key={name}
          kind={name as CatalogueKind}
          label={label}
          value={Array.isArray(given) ? given : []}
          onChange={handleOnChange}
        />
      )}
      {FILTER_FIELDS[name] === "text" && (
        <Input
          size="small"
          aria-label={label}
          aria-invalid={missing || undefined}
          maxLength={200}
          value={typeof given === "string" ? given : ""}
          onChange={(event) => handleOnChange(event.target.value)}
        />
      )}
      {FILTER_FIELDS[name] === "number" && (
        <NumberInput
          label={label}
          invalid={missing}
          // A merchant reads a margin as a percentage.
          scale={name === "margin" ? 100 : 1}
          suffix={t(`filter.units.${name}`)}
          value={typeof given === "number" ? given : NaN}
          onChange={handleOnChange}
        />
      )}
      {FILTER_FIELDS[name] === "money" && (
        <MoneyInput
          label={label}
          invalid={missing}
          currencies={currencies}
          value={(given ?? {}) as Partial<Money>}
          onChange={handleOnChange}
        />
      )}
      {missing && <Hint variant="error">{t("filter.incomplete")}</Hint>}
    </div>
  )
}

interface MoneyInputProps {
  label: string
  invalid: boolean
  currencies: string[]
  value: Partial<Money>
  onChange: (value: Money) => void
}

const MoneyInput = ({ label, invalid, currencies, value, onChange }: MoneyInputProps) => {
  const { t } = useTranslation("marketing")
  const code = value.currency_code ?? currencies[0] ?? ""
  const codes = currencies.includes(code) || !code ? currencies : [code, ...currencies]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-1">
      <NumberInput
        label={label}
        invalid={invalid}
        value={value.amount ?? NaN}
        onChange={(amount) => onChange({ amount, currency_code: code })}
      />
      <div>
        <Select
          size="small"
          value={code}
          onValueChange={(next) => next && onChange({ amount: value.amount ?? NaN, currency_code: next })}
        >
          <Select.Trigger aria-label={t("filter.currency")} className="w-auto">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {codes.map((option) => (
              <Select.Item key={option} value={option}>
                {option.toUpperCase()}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
    </div>
  )
}
