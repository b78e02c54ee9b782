import type { ProductFilter } from "../../../src/types/http"
import { conditionsOf, finished, isComplete, isFinished, storedFilter } from "../product-filter"

const CATEGORY = { field: "category", operator: "in", value: ["pcat_1"] } as const
const filter = (...rules: unknown[]) => ({ combinator: "and", rules }) as ProductFilter

test("what an editor marks its conditions with is not stored", () => {
  const held = {
    id: "a",
    combinator: "or",
    not: true,
    rules: [
      { id: "b", valueSource: "value", ...CATEGORY },
      { id: "c", combinator: "and", not: false, rules: [{ id: "d", ...CATEGORY }] },
    ],
  }
  expect(storedFilter(held)).toEqual({
    combinator: "or",
    not: true,
    rules: [CATEGORY, { combinator: "and", rules: [CATEGORY] }],
  })
})

test("a condition is complete once it has a value of its field's kind and one of its operators", () => {
  expect(isComplete({ ...CATEGORY, value: ["pcat_1"] })).toBe(true)
  expect(isComplete({ ...CATEGORY, value: [] })).toBe(false)
  expect(isComplete({ ...CATEGORY, operator: "<", value: ["pcat_1"] })).toBe(false)
  expect(isComplete({ field: "title", operator: "contains", value: "  " })).toBe(false)
  expect(isComplete({ field: "margin", operator: ">", value: NaN })).toBe(false)
  expect(isComplete({ field: "margin", operator: ">", value: 0 })).toBe(true)
  expect(isComplete({ field: "price", operator: "<", value: { amount: 5, currency_code: "" } })).toBe(false)
  expect(isComplete({ field: "price", operator: "<", value: { amount: 5, currency_code: "eur" } })).toBe(true)
})

test("unfinished conditions, and groups of nothing else, are not asked about", () => {
  const unfinished = { ...CATEGORY, value: [] }
  const given = filter(CATEGORY, unfinished, filter(unfinished))
  expect(isFinished(given)).toBe(false)
  expect(finished(given)).toEqual(filter(CATEGORY))
  expect(isFinished(finished(given))).toBe(true)
  expect(conditionsOf(given)).toHaveLength(3)
})
