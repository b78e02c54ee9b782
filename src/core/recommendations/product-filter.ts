import { amountIn, marginOf, type Amount, type ProductFacts } from "./product-facts"

/** One condition on a product. Equal in structure to `ProductCondition` of `types/http/placements`, which lists the fields. */
export interface ProductCondition {
  field: string
  operator: string
  value: string[] | string | number | Amount
}

/** Conditions joined by "and" or "or". Without conditions it takes in every product. */
export interface ProductFilter {
  combinator: "and" | "or"
  not?: boolean
  rules: (ProductCondition | ProductFilter)[]
}

/** What a filter reads besides the facts. */
export interface FilterContext {
  /** Unix milliseconds. */
  now: number
  /** Where margins are looked for, in this order. */
  currencies: readonly string[]
  /** Shoppers who bought the product within the last `buyer_days` days. */
  buyers(product_id: string): number
  buyer_days: number
}

export type ProductTest = (facts: ProductFacts) => boolean

const DAY = 86_400_000
const DEEPEST = 3

/**
 * A filter as one function. Unknown is never true: a condition about a price or cost that the shop has not told does not
 * hold, nor does its opposite (as SQL's NULL), except `not` of a whole group, which turns what the group answers.
 * @throws RangeError that names the field, the operator or the value.
 */
export function compileFilter(filter: ProductFilter, context: FilterContext, depth = 1): ProductTest {
  if (depth > DEEPEST)
    throw new RangeError(`filter: groups may be nested ${DEEPEST} deep, this one is deeper`)
  const tests = filter.rules.map((rule) =>
    "rules" in rule ? compileFilter(rule, context, depth + 1) : compileCondition(rule, context),
  )
  if (tests.length === 0) return () => true
  const wanted = filter.not !== true
  if (filter.combinator === "and") {
    return (facts) => {
      for (const test of tests) if (!test(facts)) return !wanted
      return wanted
    }
  }
  return (facts) => {
    for (const test of tests) if (test(facts)) return wanted
    return !wanted
  }
}

function compileCondition({ field, operator, value }: ProductCondition, context: FilterContext): ProductTest {
  switch (field) {
    case "product":
      return among(field, operator, value, (facts) => [facts.id])
    case "category":
      return among(field, operator, value, (facts) => facts.categories)
    case "tag":
      return among(field, operator, value, (facts) => facts.tags)
    case "collection":
      return among(field, operator, value, (facts) => (facts.collection === null ? [] : [facts.collection]))
    case "type":
      return among(field, operator, value, (facts) => (facts.type === null ? [] : [facts.type]))
    case "title":
      return holds(field, operator, value)
    case "price": {
      const { amount, currency_code } = money(field, value)
      return compared(field, operator, amount, (facts) => amountIn(facts.prices, currency_code))
    }
    case "margin":
      return compared(field, operator, number(field, value), (facts) => {
        return marginOf(facts, context.currencies)?.share ?? null
      })
    case "stock":
      // No limit is more than any number.
      return compared(field, operator, number(field, value), (facts) => facts.stock ?? Infinity)
    case "days_of_stock":
      return compared(field, operator, number(field, value), (facts) => daysOfStock(facts, context))
    case "buyers":
      return compared(field, operator, number(field, value), (facts) => context.buyers(facts.id))
    case "age_days":
      return compared(
        field,
        operator,
        number(field, value),
        (facts) => (context.now - facts.created_at) / DAY,
      )
    default:
      throw new RangeError(`filter: there is no field "${field}"`)
  }
}

/** How many days the stock lasts at the present rate; Infinity when nothing is sold or no stock is kept. */
export function daysOfStock(
  facts: ProductFacts,
  context: Pick<FilterContext, "buyers" | "buyer_days">,
): number {
  if (facts.stock === null) return Infinity
  const perDay = context.buyers(facts.id) / Math.max(context.buyer_days, 1)
  return perDay > 0 ? facts.stock / perDay : Infinity
}

function among(
  field: string,
  operator: string,
  value: unknown,
  ids: (facts: ProductFacts) => readonly string[],
): ProductTest {
  if (!Array.isArray(value) || value.some((id) => typeof id !== "string")) {
    throw new RangeError(`filter: ${field} is compared with a list of ids, got ${JSON.stringify(value)}`)
  }
  const wanted = new Set(value as string[])
  const any: ProductTest = (facts) => {
    for (const id of ids(facts)) if (wanted.has(id)) return true
    return false
  }
  if (operator === "in") return any
  if (operator === "not_in") return (facts) => !any(facts)
  throw unknownOperator(field, operator, "in, not_in")
}

function holds(field: string, operator: string, value: unknown): ProductTest {
  if (typeof value !== "string" || value.trim() === "") {
    throw new RangeError(`filter: ${field} is compared with a text, got ${JSON.stringify(value)}`)
  }
  const wanted = value.trim().toLowerCase()
  if (operator === "contains") return (facts) => facts.title.toLowerCase().includes(wanted)
  if (operator === "not_contains") return (facts) => !facts.title.toLowerCase().includes(wanted)
  throw unknownOperator(field, operator, "contains, not_contains")
}

function compared(
  field: string,
  operator: string,
  wanted: number,
  read: (facts: ProductFacts) => number | null,
): ProductTest {
  const test = comparison(operator, wanted)
  if (test === null) throw unknownOperator(field, operator, "<, <=, >, >=, =, !=")
  return (facts) => {
    const value = read(facts)
    return value !== null && test(value)
  }
}

function comparison(operator: string, wanted: number): ((value: number) => boolean) | null {
  switch (operator) {
    case "<":
      return (value) => value < wanted
    case "<=":
      return (value) => value <= wanted
    case ">":
      return (value) => value > wanted
    case ">=":
      return (value) => value >= wanted
    case "=":
      return (value) => value === wanted
    case "!=":
      return (value) => value !== wanted
    default:
      return null
  }
}

function number(field: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value
  throw new RangeError(`filter: ${field} is compared with a number, got ${JSON.stringify(value)}`)
}

function money(field: string, value: unknown): Amount {
  const { amount, currency_code } = (value ?? {}) as Partial<Amount>
  if (typeof amount === "number" && Number.isFinite(amount) && typeof currency_code === "string") {
    return { amount, currency_code: currency_code.toLowerCase() }
  }
  throw new RangeError(
    `filter: ${field} is compared with an amount and its currency, got ${JSON.stringify(value)}`,
  )
}

function unknownOperator(field: string, operator: string, known: string): RangeError {
  return new RangeError(`filter: ${field} cannot be compared by "${operator}"; choose ${known}`)
}
