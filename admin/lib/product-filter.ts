import {
  FILTER_FIELDS,
  OPERATORS,
  type FilterField,
  type Money,
  type ProductCondition,
  type ProductFilter,
} from "../../src/types/http"

export const DEEPEST = 3
export const MOST_CONDITIONS = 20

export const EVERY_PRODUCT: ProductFilter = { combinator: "and", rules: [] }

/** A condition or a group as an editor holds it: with ids and other marks of its own. */
type Held = { rules?: unknown[]; [mark: string]: unknown }

/** Only what is stored of what an editor holds. */
export function storedFilter(held: Held): ProductFilter {
  const rules = (held.rules ?? []).map((rule) => {
    const inner = rule as Held
    return inner.rules ? storedFilter(inner) : storedCondition(inner)
  })
  const combinator = held.combinator === "or" ? "or" : "and"
  return held.not === true ? { combinator, not: true, rules } : { combinator, rules }
}

function storedCondition({ field, operator, value }: Held): ProductCondition {
  return {
    field: field as FilterField,
    operator: String(operator),
    value: value as ProductCondition["value"],
  }
}

export function isGroup(rule: ProductCondition | ProductFilter): rule is ProductFilter {
  return "rules" in rule
}

export function conditionsOf(filter: ProductFilter): ProductCondition[] {
  return filter.rules.flatMap((rule) => (isGroup(rule) ? conditionsOf(rule) : [rule]))
}

/** Whether a condition says with what to compare. */
export function isComplete({ field, operator, value }: ProductCondition): boolean {
  const kind = FILTER_FIELDS[field]
  if (!kind || !(OPERATORS[kind] as readonly string[]).includes(operator)) {
    return false
  }
  switch (kind) {
    case "ids":
      return Array.isArray(value) && value.length > 0
    case "text":
      return typeof value === "string" && value.trim() !== ""
    case "money": {
      const { amount, currency_code } = (value ?? {}) as Partial<Money>
      return Number.isFinite(amount) && !!currency_code
    }
    case "number":
      return typeof value === "number" && Number.isFinite(value)
  }
}

/** The filter without the conditions that are not finished yet, and without groups that hold nothing. */
export function finished(filter: ProductFilter): ProductFilter {
  const rules = filter.rules.flatMap((rule): (ProductCondition | ProductFilter)[] => {
    if (!isGroup(rule)) {
      return isComplete(rule) ? [rule] : []
    }
    const group = finished(rule)
    return group.rules.length > 0 ? [group] : []
  })
  return { ...filter, rules }
}

export function isFinished(filter: ProductFilter): boolean {
  return conditionsOf(filter).every(isComplete)
}

/** With what a new condition on this field begins. */
export function emptyValue(field: FilterField, currency: string): ProductCondition["value"] {
  switch (FILTER_FIELDS[field]) {
    case "ids":
      return []
    case "money":
      return { amount: NaN, currency_code: currency }
    case "number":
      return NaN
    case "text":
      return ""
  }
}
