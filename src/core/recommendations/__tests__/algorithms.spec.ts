import fc from "fast-check"
import { stringAt } from "../../data"
import { INTERACTION_KIND, TrainingDataBuilder, type Neighbours } from ".."
import { boughtTogether, liftLowerBound } from "../bought-together"
import { itemToItem } from "../item-to-item"
import { basketMatrix, shopperMatrix } from "../matrices"
import { popularity } from "../popularity"
import { repeatRates } from "../repeat"
import { similarProducts } from "../similar"
import { DAY, NOW, storeOf } from "./store"

const PRODUCTS = ["a", "b", "c", "d", "e", "f"]
const anyOrders = fc.array(fc.array(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 5 }), {
  maxLength: 60,
})

function listed(list: Neighbours, row: number): { product: number; score: number; count: number }[] {
  const out = []
  for (let i = list.offsets[row]; i < list.offsets[row + 1]; i++) {
    out.push({ product: list.product[i], score: list.score[i], count: list.count[i] })
  }
  return out
}

describe("bought together", () => {
  it("bounds the lift as Norén et al. (2013): 10 seen where 2 were expected", () => {
    // log2(10.5 / 2.5) = 2.0704, 3.3 / sqrt(10.5) = 1.0184, 2 / 10.5^1.5 = 0.0588: 2^0.9932
    expect(liftLowerBound(10, 2)).toBeCloseTo(1.9906, 3)
  })

  it("counts and scores a pair as by hand", () => {
    // 40 orders: a and b together in 8, a alone in 2, b alone in 2, c in the other 28.
    const orders = [
      ...Array(8).fill(["a", "b"]),
      ...Array(2).fill(["a"]),
      ...Array(2).fill(["b"]),
      ...Array(28).fill(["c"]),
    ]
    const data = storeOf(PRODUCTS, orders)
    const {
      together,
      ordersOf,
      orders: counted,
    } = boughtTogether(basketMatrix(data.interactions, 6, NOW), 10)
    expect([...ordersOf]).toEqual([10, 10, 28, 0, 0, 0])
    expect(counted).toBe(40)
    const [pair, ...rest] = listed(together, 0)
    expect(rest).toEqual([])
    expect(pair.product).toBe(1)
    expect(pair.count).toBe(8)
    // expected 10 x 10 / 40 = 2.5; bound 2^(log2(8.5 / 3) - 3.3 / sqrt(8.5) - 2 / 8.5^1.5) = 1.2226
    expect(pair.score).toBeCloseTo(0.8 * (1 - 1 / 1.2226), 3)
  })

  it("drops a pair that chance explains and one seen once", () => {
    const orders = [["d", "e"], ...Array(20).fill(["a", "b"]), ...Array(3).fill(["c"])]
    const { together } = boughtTogether(basketMatrix(storeOf(PRODUCTS, orders).interactions, 6, NOW), 10)
    expect(listed(together, 0)).toEqual([])
    expect(listed(together, 3)).toEqual([])
  })

  it("agrees with a naive count on any orders", () => {
    fc.assert(
      fc.property(anyOrders, (orders) => {
        const data = storeOf(PRODUCTS, orders)
        const { together, ordersOf } = boughtTogether(basketMatrix(data.interactions, 6, NOW), 10)
        const sets = orders.map((order) => new Set(order))
        const having = (...ids: string[]) => sets.filter((set) => ids.every((id) => set.has(id))).length
        PRODUCTS.forEach((a, row) => {
          expect(ordersOf[row]).toBe(having(a))
          const naive = PRODUCTS.map((b, product) => {
            const bound = liftLowerBound(having(a, b), (having(a) * having(b)) / orders.length)
            return {
              product,
              count: having(a, b),
              score: (having(a, b) / having(a)) * (1 - 1 / bound),
              bound,
            }
          }).filter(({ product, count, bound }) => product !== row && count >= 2 && bound > 1)
          const got = listed(together, row)
          expect(got.map(({ product }) => product).sort()).toEqual(naive.map(({ product }) => product).sort())
          for (const { product, count, score } of naive) {
            const found = got.find((entry) => entry.product === product)
            expect(found?.count).toBe(count)
            expect(found?.score).toBeCloseTo(score, 5)
          }
        })
      }),
    )
  })
})

describe("item to item", () => {
  it("agrees with the formula written plainly on any shoppers", () => {
    const options = { neighbours: 10, shrink: 3, asymmetry: 0.7 }
    fc.assert(
      fc.property(anyOrders, fc.infiniteStream(fc.constantFrom("x", "y", "z")), (orders, names) => {
        const by = orders.map(() => names.next().value as string)
        const data = storeOf(PRODUCTS, orders, by)
        const { itemToItem: list, shoppersOf } = itemToItem(
          shopperMatrix(data.interactions, 6, NOW, 30),
          options,
        )
        const shoppers = new Map<string, Map<string, number>>()
        orders.forEach((order, i) => {
          const weights = shoppers.get(by[i]) ?? new Map<string, number>()
          shoppers.set(by[i], weights)
          for (const id of order) weights.set(id, 2 ** (-(orders.length - i) / 60))
        })
        const dot = (a: string, b: string) => {
          let sum = 0
          for (const own of shoppers.values()) sum += ((own.get(a) ?? 0) * (own.get(b) ?? 0)) / own.size
          return sum
        }
        const both = (a: string, b: string) =>
          [...shoppers.values()].filter((own) => own.has(a) && own.has(b)).length
        PRODUCTS.forEach((a, row) => {
          expect(shoppersOf[row]).toBe(both(a, a))
          const got = listed(list, row)
          PRODUCTS.forEach((b, product) => {
            if (product === row || both(a, b) === 0) return
            const found = got.find((entry) => entry.product === product)
            const n = both(a, b)
            expect(found?.count).toBe(n)
            const cosine = dot(a, b) / (dot(a, a) ** 0.7 * dot(b, b) ** 0.3)
            expect(found?.score).toBeCloseTo((cosine * n) / (n + 3), 4)
          })
          expect(got.length).toBe(PRODUCTS.filter((b) => b !== a && both(a, b) > 0).length)
        })
      }),
    )
  })

  it("a view says less than a purchase", () => {
    const builder = new TrainingDataBuilder()
    for (const id of PRODUCTS) builder.addProduct({ id, title: id, created_at: 0 })
    builder.addInteraction("x", "o1", "a", INTERACTION_KIND.buy, NOW)
    builder.addInteraction("x", null, "b", INTERACTION_KIND.view, NOW)
    builder.addInteraction("x", "o1", "c", INTERACTION_KIND.buy, NOW)
    const { weights } = shopperMatrix(builder.finish().interactions, 6, NOW, 30)
    expect([...weights].map((weight) => Math.round(weight * 10) / 10)).toEqual([1, 0.2, 1])
  })
})

it("popularity halves with age, counts a shopper once, and lists the newest where nobody buys", () => {
  const builder = new TrainingDataBuilder()
  const created = { a: 0, b: 0, c: 5 * DAY, d: 9 * DAY }
  for (const [id, created_at] of Object.entries(created)) builder.addProduct({ id, title: id, created_at })
  builder.addInteraction("x", "o1", "a", INTERACTION_KIND.buy, NOW - 14 * DAY)
  builder.addInteraction("x", "o2", "b", INTERACTION_KIND.buy, NOW - 1000)
  builder.addInteraction("x", "o3", "b", INTERACTION_KIND.buy, NOW)
  builder.addInteraction("y", "o4", "d", INTERACTION_KIND.buy, NOW - 40 * DAY)
  builder.addInteraction("y", null, "c", INTERACTION_KIND.view, NOW)
  const { interactions, products } = builder.finish()
  const popular = popularity(interactions, products.created_at, { until: NOW, half_life_days: 14, days: 28 })
  expect([...popular.order].map((row) => stringAt(products.ids, row))).toEqual(["b", "a", "d", "c"])
  expect(popular.score[0]).toBeCloseTo(0.5, 6)
  expect(popular.score[1]).toBe(1)
  expect([...popular.buyers]).toEqual([1, 1, 0, 0])
  expect(popular.days).toBe(28)
})

it("what is bought again and again stands above the store's average, what never is below", () => {
  const orders = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? ["a", "b"] : ["a"]))
  const by = orders.map((_, i) => `s${i % 8}`)
  const rates = repeatRates(storeOf(["a", "b", "c"], orders, by).interactions, 3, {
    until: NOW,
    half_life_days: 1e6,
  })
  // a: 8 buyers, 32 later orders; b: 2 buyers (0 and 4), 10 orders, 8 later. Average 40 / 10 = 4.
  expect(rates[0]).toBeCloseTo((32 + 20) / 13 / 4, 4)
  expect(rates[1]).toBeCloseTo((8 + 20) / 7 / 4, 4)
  expect([
    ...repeatRates(storeOf(["a"], [["a"]]).interactions, 1, { until: NOW, half_life_days: 30 }),
  ]).toEqual([0])
})

it("likeness comes from words, categories and tags, and tells the words", () => {
  const builder = new TrainingDataBuilder()
  const product = (id: string, title: string, tags: string[] = []) =>
    builder.addProduct({ id, title, tags, categories: ["Home"], created_at: 0 })
  product("lamp", "Red desk lamp", ["office"])
  product("lamp2", "Blue desk lamp", ["office"])
  product("skirt", "红色连衣裙")
  product("skirt2", "蓝色连衣裙")
  product("mug", "Mug")
  const { similar, terms, vocabulary } = similarProducts(builder.finish().products, 5)
  expect(listed(similar, 0).map(({ product: row }) => row)).toEqual([1])
  expect(listed(similar, 2).map(({ product: row }) => row)).toEqual([3])
  // Everything is in "Home", so that ties nothing.
  expect(listed(similar, 4)).toEqual([])
  const words = [...terms.subarray(0, 12)]
    .filter((term) => term >= 0)
    .map((term) => stringAt(vocabulary, term))
  expect(words.sort()).toEqual(["desk", "lamp", "office"])
})
