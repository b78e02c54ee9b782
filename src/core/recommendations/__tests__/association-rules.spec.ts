import fc from "fast-check"
import { associationRules, fisherUpper, logFactorials, type AssociationRules } from "../association-rules"
import { liftLowerBound } from "../bought-together"
import { basketMatrix } from "../matrices"
import { NOW, storeOf } from "./store"

const PRODUCTS = ["a", "b", "c", "d", "e"]
const basketsOf = (orders: string[][]) => basketMatrix(storeOf(PRODUCTS, orders).interactions, 5, NOW)

const named = (rules: AssociationRules): string[] =>
  Array.from({ length: rules.length }, (_, i) => {
    const left = [rules.antecedent[i], rules.and[i]].filter((row) => row >= 0).map((row) => PRODUCTS[row])
    return `${left.sort().join("")}>${PRODUCTS[rules.consequent[i]]}`
  })

it("Fisher's exact test agrees with the lady tasting tea and with exact sums", () => {
  const logs = logFactorials(100)
  expect(fisherUpper(logs, 4, 4, 4, 8)).toBeCloseTo(1 / 70, 12)
  expect(fisherUpper(logs, 3, 4, 4, 8)).toBeCloseTo(17 / 70, 12)
  expect(fisherUpper(logs, 0, 30, 40, 100)).toBeCloseTo(1, 12)
  // sum over x from 20 of choose(30, x) choose(70, 40 - x) / choose(100, 40)
  expect(fisherUpper(logs, 20, 30, 40, 100)).toBeCloseTo(0.0004310626, 9)
})

it("computes each measure as by hand", () => {
  // 20 orders: a in 10, b in 8, both in 8.
  const orders = [...Array(8).fill(["a", "b"]), ...Array(2).fill(["a"]), ...Array(10).fill(["c"])]
  const rules = associationRules(basketsOf(orders), { most: 10, pairs: 0, min_lift: 0.5 })
  const at = named(rules).indexOf("a>b")
  expect(named(rules).sort()).toEqual(["a>b", "b>a"])
  expect(rules.orders).toBe(20)
  expect([rules.together[at], rules.antecedent_orders[at], rules.consequent_orders[at]]).toEqual([8, 10, 8])
  expect(rules.support[at]).toBeCloseTo(0.4, 12)
  expect(rules.confidence[at]).toBeCloseTo(0.8, 12)
  expect(rules.lift[at]).toBeCloseTo(2, 12)
  expect(rules.lift_low[at]).toBeCloseTo(liftLowerBound(8, 4), 12)
  expect(rules.leverage[at]).toBeCloseTo(0.4 - 0.5 * 0.4, 12)
  expect(rules.conviction[at]).toBeCloseTo(0.6 / 0.2, 12)
  // choose(10, 8) choose(10, 0) / choose(20, 8)
  expect(rules.p[at]).toBeCloseTo(45 / 125970, 10)
  expect(rules.conviction[1 - at]).toBe(Infinity)
})

it("agrees with a naive search on any orders", () => {
  const anyOrders = fc.array(fc.uniqueArray(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 5 }), {
    minLength: 20,
    maxLength: 60,
  })
  fc.assert(
    fc.property(anyOrders, (orders) => {
      const limits = { min_orders: 2, min_confidence: 0.1, min_lift: 0.5 }
      const rules = associationRules(basketsOf(orders), { most: 1000, ...limits })
      const having = (...ids: string[]) =>
        orders.filter((order) => ids.every((id) => order.includes(id))).length
      const naive: string[] = []
      const sides = PRODUCTS.flatMap((a, i) => [[a], ...PRODUCTS.slice(i + 1).map((b) => [a, b])])
      for (const left of sides) {
        for (const c of PRODUCTS) {
          if (left.includes(c) || having(...left, c) < 2) continue
          const confidence = having(...left, c) / having(...left)
          const bound = liftLowerBound(having(...left, c), (having(...left) * having(c)) / orders.length)
          const alone = left.length === 1 ? 0 : Math.max(...left.map((id) => having(id, c) / having(id)))
          if (confidence >= 0.1 && bound > 0.5 && confidence > alone) naive.push(`${left.join("")}>${c}`)
        }
      }
      expect(named(rules).sort()).toEqual(naive.sort())
    }),
  )
})

it("keeps the best of many and never more than asked", () => {
  const orders = [
    ...Array(20).fill(["a", "b"]),
    ...Array(20).fill(["c", "d"]),
    ...Array(20).fill(["c"]),
    ...Array(40).fill(["e"]),
  ]
  const all = associationRules(basketsOf(orders), { most: 100 })
  const few = associationRules(basketsOf(orders), { most: 2 })
  expect(all.length).toBe(4)
  expect(named(few)).toEqual(named(all).slice(0, 2))
  expect(named(few).sort()).toEqual(["a>b", "b>a"])
})

it("a rule of two antecedents stands only where it says more than either alone", () => {
  // c comes when a and b meet, seldom with one of them.
  const orders = [
    ...Array(20).fill(["a", "b", "c"]),
    ...Array(30).fill(["a"]),
    ...Array(30).fill(["b"]),
    ...Array(60).fill(["e"]),
    ...Array(20).fill(["d", "e", "c"]),
  ]
  const rules = named(associationRules(basketsOf(orders), { most: 50 }))
  expect(rules).toContain("ab>c")
  expect(rules).not.toContain("de>c")
})

it("refuses thresholds that mean nothing", () => {
  expect(() => associationRules(basketsOf([]), { most: 5, min_orders: 1 })).toThrow("at least 2, got 1")
  expect(() => associationRules(basketsOf([]), { most: 5, pairs: -1 })).toThrow("got -1")
})
