import { Plus, XMarkMini } from "@medusajs/icons"
import { Button, IconButton, Select, clx } from "@medusajs/ui"
import { useEffect, useMemo, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import {
  QueryBuilder,
  isOptionGroupArray,
  type ActionProps,
  type FullOption,
  type NotToggleProps,
  type RuleGroupType,
  type ValueSelectorProps,
} from "react-querybuilder"
import { FILTER_FIELDS, OPERATORS, type FilterField, type ProductFilter } from "../../src/types/http"
import { useStoreCurrencies } from "../hooks/api/store"
import { DEEPEST, emptyValue, storedFilter } from "../lib/product-filter"
import { ConditionValue } from "./condition-value"

interface FilterBuilderProps {
  value: ProductFilter
  onChange: (filter: ProductFilter) => void
  /** Marks conditions that lack a value. */
  checked?: boolean
}

/** Builds the conditions on products, nested at most three deep. */
const FilterBuilder = ({ value, onChange, checked = false }: FilterBuilderProps) => {
  const { t } = useTranslation("marketing")
  const { currencies } = useStoreCurrencies()
  // The builder marks every condition with an id and would lose the cursor if the ids were made anew at each change.
  const [query, setQuery] = useState<RuleGroupType>(() => value as RuleGroupType)
  // As it would be stored: the builder reports what it was given, and the order of the keys is no change.
  const told = useRef(textOf(value))

  useEffect(() => {
    const given = textOf(value)
    if (given !== told.current) {
      told.current = given
      setQuery(value as RuleGroupType)
    }
  }, [value])

  const change = (next: RuleGroupType) => {
    setQuery(next)
    const filter = storedFilter({ ...next })
    const text = JSON.stringify(filter)
    if (text !== told.current) {
      told.current = text
      onChange(filter)
    }
  }

  const fields = useMemo(
    () =>
      (Object.keys(FILTER_FIELDS) as FilterField[]).map((name) => ({
        name,
        label: t(`filter.fields.${name}`),
      })),
    [t],
  )
  const combinators = useMemo(
    () => [
      { name: "and", label: t("filter.all") },
      { name: "or", label: t("filter.any") },
    ],
    [t],
  )
  const context = useMemo(() => ({ currencies: currencies ?? [], checked }), [currencies, checked])

  return (
    <QueryBuilder
      query={query}
      onQueryChange={change}
      fields={fields}
      combinators={combinators}
      getOperators={(field: string) =>
        OPERATORS[FILTER_FIELDS[field as FilterField]].map((name) => ({
          name,
          label: t(`filter.operators.${name}`),
        }))
      }
      getDefaultField="category"
      getDefaultValue={({ field }) => emptyValue(field as FilterField, currencies?.[0] ?? "")}
      getRuleClassname={({ field }) =>
        FILTER_FIELDS[field as FilterField] === "ids" ? RULE_OF_IDS : RULE_OF_VALUE
      }
      context={context}
      maxLevels={DEEPEST - 1}
      showNotToggle
      suppressStandardClassnames
      accessibleDescriptionGenerator={() => ""}
      controlClassnames={CLASSES}
      controlElements={CONTROLS}
      translations={{
        fields: { title: t("filter.field") },
        operators: { title: t("filter.operator") },
        value: { title: t("filter.value") },
        combinators: { title: t("filter.combinator") },
        notToggle: { title: t("filter.not") },
        addRule: { label: t("filter.addCondition"), title: t("filter.addCondition") },
        addGroup: { label: t("filter.addGroup"), title: t("filter.addGroup") },
        removeRule: { label: t("filter.removeCondition"), title: t("filter.removeCondition") },
        removeGroup: { label: t("filter.removeGroup"), title: t("filter.removeGroup") },
      }}
    />
  )
}

function textOf(filter: ProductFilter): string {
  return JSON.stringify(storedFilter({ ...filter }))
}

const RULE = "bg-ui-bg-component shadow-borders-base grid items-start gap-2 rounded-lg p-2"
const RULE_OF_IDS = clx(
  RULE,
  "grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] [&>:nth-child(3)]:col-span-2 [&>:nth-child(3)]:row-start-2",
)
const RULE_OF_VALUE = clx(RULE, "grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_auto]")

const CLASSES = {
  ruleGroup: "flex flex-col gap-y-2 [&_&]:border-ui-border-strong [&_&]:border-s-2 [&_&]:ps-3",
  header: "flex flex-wrap items-center gap-2",
  body: "flex flex-col gap-y-2 empty:hidden",
}

interface ChoiceProps {
  label: string | undefined
  value: string | undefined
  options: { name: string; label: string }[]
  onChange: (name: string) => void
  className?: string
}

/**
 * Within a form the select has a hidden twin of the browser's own: hence the element around both, and hence the empty
 * value that the twin reports while its options change.
 */
const Choice = ({ label, value, options, onChange, className }: ChoiceProps) => (
  <div className="min-w-0">
    <Select size="small" value={value} onValueChange={(name) => name && onChange(name)}>
      <Select.Trigger aria-label={label} className={clx("min-w-0", className)}>
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        {options.map((option) => (
          <Select.Item key={option.name} value={option.name}>
            {option.label}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  </div>
)

const Selector = ({ title, value, options, handleOnChange }: ValueSelectorProps) => (
  <Choice
    label={title}
    value={value}
    options={isOptionGroupArray(options) ? [] : (options as FullOption[])}
    onChange={handleOnChange}
  />
)

const Combinator = ({ title, value, options, handleOnChange }: ValueSelectorProps) => (
  <Choice
    label={title}
    value={value}
    options={isOptionGroupArray(options) ? [] : (options as FullOption[])}
    onChange={handleOnChange}
    className="w-auto"
  />
)

const Not = ({ checked, handleOnChange, title }: NotToggleProps) => {
  const { t } = useTranslation("marketing")
  return (
    <Choice
      label={title}
      value={checked ? "not" : "is"}
      options={[
        { name: "is", label: t("filter.matching") },
        { name: "not", label: t("filter.notMatching") },
      ]}
      onChange={(name) => handleOnChange(name === "not")}
      className="w-auto"
    />
  )
}

const Add = ({ label, handleOnClick, disabled }: ActionProps) => (
  <Button
    type="button"
    size="small"
    variant="transparent"
    disabled={disabled}
    onClick={(event) => handleOnClick(event)}
  >
    <Plus />
    {label}
  </Button>
)

const Remove = ({ title, handleOnClick, disabled }: ActionProps) => (
  <IconButton
    type="button"
    size="small"
    variant="transparent"
    aria-label={title}
    disabled={disabled}
    className="col-start-[-2] row-start-1"
    onClick={(event) => handleOnClick(event)}
  >
    <XMarkMini />
  </IconButton>
)

const CONTROLS = {
  fieldSelector: Selector,
  operatorSelector: Selector,
  combinatorSelector: Combinator,
  notToggle: Not,
  addRuleAction: Add,
  addGroupAction: Add,
  removeRuleAction: Remove,
  removeGroupAction: Remove,
  valueEditor: ConditionValue,
}

export default FilterBuilder
