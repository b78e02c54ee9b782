import {
  rankShelf,
  SHIPPED_PLACEMENTS,
  trainRecommendations,
  TrainingDataBuilder,
  INTERACTION_KIND,
  type HistoryEntry,
  type MerchandisingRule,
  type Placement,
  type ProductFacts,
  type ShelfAnswer,
  type ShelfRequest,
} from ".."
import { DAY, groupedStore, NOW } from "./store"

const { model } = trainRecommendations(groupedStore(1), { now: NOW, seed: 1, resamples: 20 })

/** p0 to p47: group = number modulo 6, price 10 + number, cost half of it, stock 5 a number. */
const facts = new Map<string, ProductFacts>(
  Array.from({ length: 48 }, (_, p): [string, ProductFacts] => [
    `p${p}`,
    {
      id: `p${p}`,
      title: `thing${p % 6} item${p}`,
      categories: [`group${p % 6}`],
      tags: p % 2 === 0 ? ["even"] : [],
      collection: null,
      type: null,
      created_at: NOW - p * DAY,
      prices: [{ amount: 10 + p, currency_code: "eur" }],
      costs: [{ amount: (10 + p) / 2, currency_code: "eur" }],
      stock: 5 * p,
    },
  ]),
)

function fill(
  handle: keyof typeof SHIPPED_PLACEMENTS,
  asked: Partial<ShelfRequest> = {},
  change: Partial<Placement> = {},
): ShelfAnswer {
  const placement = { ...SHIPPED_PLACEMENTS[handle].settings, diversity: 0, ...change }
  return rankShelf(model, facts, { placement, seeds: [], limit: 5, now: NOW, currencies: ["eur"], ...asked })
}
const ids = (answer: ShelfAnswer): string[] => answer.products.map(({ product_id }) => product_id)
const groupOf = (id: string): number => Number(id.slice(1)) % 6

function rule(action: MerchandisingRule["action"], more: Partial<MerchandisingRule> = {}): MerchandisingRule {
  return {
    id: `r_${action.type}`,
    name: action.type,
    enabled: true,
    action,
    filter: { combinator: "and", rules: [] },
    starts_at: null,
    ends_at: null,
    ...more,
  }
}
const inGroup = (group: number): MerchandisingRule["filter"] => ({
  combinator: "and",
  rules: [{ field: "category", operator: "in", value: [`group${group}`] }],
})

describe("strategies", () => {
  const views = (...products: number[]): HistoryEntry[] =>
    products.map((p, i) => ({
      product_id: `p${p}`,
      kind: INTERACTION_KIND.view,
      at: NOW - (products.length - i) * 60_000,
    }))

  it("home follows the visit under way, and gives the visits behind it as the reason", () => {
    const answer = fill(
      "home",
      { history: views(2, 8, 14) },
      { strategies: [{ strategy: "session", weight: 1 }], fallback: [] },
    )
    expect(answer.products.length).toBeGreaterThan(2)
    for (const { product_id, reason } of answer.products.slice(0, 3)) {
      expect(groupOf(product_id)).toBe(2)
      expect(reason.code).toBe("session")
      const {
        visits,
        of,
        product_id: seed,
      } = (reason as { data: { visits: number; of: number; product_id: string } }).data
      expect(visits).toBeGreaterThan(0)
      expect(visits).toBeLessThanOrEqual(of)
      expect(["p2", "p8", "p14"]).toContain(seed)
    }
  })

  it("a visit that ended more than half an hour ago is no visit any more", () => {
    const old = views(2, 8, 14).map((entry) => ({ ...entry, at: entry.at - 3_600_000 }))
    const answer = fill(
      "home",
      { history: old },
      { strategies: [{ strategy: "session", weight: 1 }], fallback: [] },
    )
    expect(answer.products).toEqual([])
  })

  it("what was looked at last comes back as a reason, and the looked at itself on its own shelf", () => {
    const because = fill(
      "home",
      { history: views(3, 9) },
      { strategies: [{ strategy: "because_you_viewed", weight: 1 }], fallback: [] },
    )
    expect(because.products[0].reason).toEqual({ code: "because_you_viewed", data: { product_id: "p9" } })
    const recent = fill(
      "home",
      { history: views(3, 9, 4) },
      { strategies: [{ strategy: "recently_viewed", weight: 1 }], fallback: [] },
    )
    expect(ids(recent)).toEqual(["p4", "p9", "p3"])
  })

  it("buy again waits until it is due, and tells when that is", () => {
    const builder = new TrainingDataBuilder()
    for (const id of ["coffee", "machine"]) builder.addProduct({ id, title: id, created_at: 0 })
    for (let shopper = 0; shopper < 40; shopper++) {
      builder.addInteraction(`s${shopper}`, `m${shopper}`, "machine", INTERACTION_KIND.buy, NOW - 300 * DAY)
      for (let month = 0; month < 8; month++) {
        const at = NOW - month * 30 * DAY - shopper * 60_000
        builder.addInteraction(`s${shopper}`, `o${shopper}-${month}`, "coffee", INTERACTION_KIND.buy, at)
      }
    }
    const { model: monthly } = trainRecommendations(builder.finish(), { now: NOW, seed: 1, resamples: 20 })
    const placement: Placement = {
      ...SHIPPED_PLACEMENTS.home.settings,
      strategies: [{ strategy: "buy_again", weight: 1 }],
      fallback: [],
      exclude_bought: true,
    }
    const shelf = (days: number): ShelfAnswer =>
      rankShelf(monthly, facts, {
        placement,
        seeds: [],
        history: ["coffee", "machine"].map((product_id) => ({
          product_id,
          kind: INTERACTION_KIND.buy,
          at: NOW - days * DAY,
        })),
        limit: 5,
        now: NOW,
        currencies: [],
      })
    const due = shelf(29)
    expect(ids(due)).toEqual(["coffee"])
    const { reason } = due.products[0]
    expect(reason.code).toBe("buy_again")
    const { days, due_at } = (reason as { data: { days: number; due_at: string } }).data
    expect(days).toBeGreaterThan(26)
    expect(days).toBeLessThan(34)
    expect(Math.abs(Date.parse(due_at) - NOW)).toBeLessThan(6 * DAY)
    expect(shelf(2).products).toEqual([])
  })

  it("finds products by the words that were searched for, also in another form", () => {
    const answer = fill(
      "empty_search",
      { query: "things item9" },
      { strategies: [{ strategy: "query_match", weight: 1 }], fallback: [] },
    )
    // "item9" is in one title only, so it counts most; "things" finds the others' "thing…".
    expect(ids(answer)[0]).toBe("p9")
    expect(answer.products.length).toBe(5)
    for (const { reason } of answer.products) {
      expect(reason.code).toBe("query_match")
      expect((reason as { data: { terms: string[] } }).data.terms.join(" ")).toMatch(/item9|thing/)
    }
    expect(fill("empty_search", { query: "zzzz" }, { fallback: [] }).products).toEqual([])
  })

  it("the leading strategy decides the first places, the others fill up", () => {
    const strategies: Placement["strategies"] = [
      { strategy: "also_chosen", weight: 1 },
      { strategy: "new_arrivals", weight: 0.1 },
    ]
    const seeds = ["p3"]
    expect(groupOf(ids(fill("product", { seeds }, { strategies }))[0])).toBe(3)
    const led = fill("product", { seeds, arm: "new_arrivals" }, { strategies })
    expect(led.products[0].reason.code).toBe("new_arrival")
  })
})

describe("merchandising", () => {
  const seeds = ["p1"]

  it("pins products to their place, whatever the strategies say", () => {
    const pins = [rule({ type: "pin", product_ids: ["p2", "p44"], position: 2 })]
    const answer = fill("product", { seeds, explain: true }, { rules: pins })
    expect(ids(answer).slice(1, 3)).toEqual(["p2", "p44"])
    expect(answer.products[1].explanation?.pinned_by).toBe("r_pin")
    expect(new Set(ids(answer)).size).toBe(5)
    // A product of the page is not pinned beside itself.
    expect(ids(fill("product", { seeds: ["p2"] }, { rules: pins }))).not.toContain("p2")
  })

  it("hides, and says by which rule", () => {
    const hidden = fill(
      "product",
      { seeds, explain: true },
      { rules: [rule({ type: "hide" }, { filter: inGroup(1) })] },
    )
    expect(ids(hidden).map(groupOf)).not.toContain(1)
    expect(hidden.left_out.find(({ why }) => why === "hidden")?.rule_id).toBe("r_hide")
  })

  it("shows only what a filter takes in, by the fallback chain too", () => {
    const only = fill("product", { seeds, limit: 8 }, { filter: inGroup(4) })
    expect(ids(only).map(groupOf)).toEqual(Array(8).fill(4))
    expect(only.more).toBe(false)
  })

  it("boosts and buries by the factor, and tells it", () => {
    const plain = fill("product", { seeds, explain: true })
    const last = plain.products[4].product_id
    const boosted = fill(
      "product",
      { seeds, explain: true },
      {
        rules: [
          rule(
            { type: "boost", factor: 10 },
            { filter: { combinator: "and", rules: [{ field: "product", operator: "in", value: [last] }] } },
          ),
        ],
      },
    )
    expect(ids(boosted)[0]).toBe(last)
    expect(boosted.products[0].explanation?.factors).toEqual([
      { by: "boost", factor: 10, rule_id: "r_boost" },
    ])
    const first = plain.products[0].product_id
    const buried = fill(
      "product",
      { seeds },
      {
        rules: [
          rule(
            { type: "bury", factor: 10 },
            { filter: { combinator: "and", rules: [{ field: "product", operator: "in", value: [first] }] } },
          ),
        ],
      },
    )
    expect(ids(buried)[0]).not.toBe(first)
  })

  it("a rule acts only while it is on and within its dates", () => {
    const filter = inGroup(1)
    const off = (more: Partial<MerchandisingRule>): string[] =>
      ids(fill("product", { seeds }, { rules: [rule({ type: "hide" }, { filter, ...more })] }))
    const plain = ids(fill("product", { seeds }))
    expect(off({ enabled: false })).toEqual(plain)
    expect(off({ starts_at: new Date(NOW + 1).toISOString() })).toEqual(plain)
    expect(off({ ends_at: new Date(NOW).toISOString() })).toEqual(plain)
    expect(off({ starts_at: new Date(NOW).toISOString() })).not.toEqual(plain)
  })

  it("the margin dial moves from taste to expected margin", () => {
    const at = (margin: number): ShelfAnswer =>
      fill("product", { seeds, limit: 5, explain: true }, { margin })
    const average = (answer: ShelfAnswer): number =>
      answer.products.reduce((sum, { product_id }) => sum + Number(product_id.slice(1)), 0)
    // Margins grow with the number, so the shelf's numbers must grow with the dial.
    expect(average(at(1))).toBeGreaterThan(average(at(0)))
    const { factors } = at(1).products[0].explanation!
    expect(factors[0].by).toBe("margin")
    // Half way the factor is the square root of the whole one.
    const id = at(1).products[0].product_id
    const half = at(0.5).products.find(({ product_id }) => product_id === id)!.explanation!.factors[0].factor
    expect(half * half).toBeCloseTo(factors[0].factor, 6)
  })

  it("variety moves products away from those of one kind, and tells their place before", () => {
    const kinds = (diversity: number): number =>
      new Set(ids(fill("product", { seeds }, { diversity })).map(groupOf)).size
    expect(kinds(0.9)).toBeGreaterThan(kinds(0))
    const moved = fill("product", { seeds, explain: true }, { diversity: 0.9 })
    expect(moved.products.some(({ explanation }) => explanation!.place_before_diversity !== null)).toBe(true)
  })

  it("what was bought or sent back stays out, and is told so", () => {
    const history: HistoryEntry[] = [{ product_id: "p7", kind: INTERACTION_KIND.buy, at: NOW - DAY }]
    const returned = [{ product_id: "p13", at: NOW - 10 * DAY }]
    const answer = fill("product", { seeds, history, returned, limit: 40, explain: true })
    expect(ids(answer)).not.toContain("p7")
    expect(ids(answer)).not.toContain("p13")
    const why = Object.fromEntries(answer.left_out.map(({ product_id, why }) => [product_id, why]))
    expect(why).toMatchObject({ p7: "bought", p13: "returned" })
    const long = fill("product", { seeds, returned, limit: 40 }, { exclude_returned_days: 5 })
    expect(ids(long)).toContain("p13")
  })
})

describe("the fallback chain", () => {
  const cold: Partial<ShelfRequest> = { limit: 8, explain: true }

  it("obeys boosts and dials as the strategies do", () => {
    const plain = fill("home", cold)
    expect(plain.products.every(({ explanation }) => explanation!.fallback)).toBe(true)
    const last = plain.products[7].product_id
    const boost = rule(
      { type: "boost", factor: 10 },
      { filter: { combinator: "and", rules: [{ field: "product", operator: "in", value: [last] }] } },
    )
    const boosted = fill("home", cold, { rules: [boost] })
    expect(ids(boosted)[0]).toBe(last)
    expect(boosted.products[0].explanation!.factors).toHaveLength(1)
    const numbers = (margin: number): number =>
      ids(fill("home", cold, { margin })).reduce((sum, id) => sum + Number(id.slice(1)), 0)
    expect(numbers(1)).toBeGreaterThan(numbers(0))
  })

  it("scores stand below those before it and in proportion to their own", () => {
    const { products } = fill("product", { seeds: ["p1"], limit: 48 })
    for (let i = 1; i < products.length; i++) {
      expect(products[i].score).toBeLessThanOrEqual(products[i - 1].score)
    }
    const [first, second, third] = fill("home", cold, { fallback: ["best_sellers"] }).products
    const popular = ({ product_id }: { product_id: string }): number =>
      model.popular.score[Array.from({ length: 48 }, (_, p) => `p${p}`).indexOf(product_id)]
    expect(second.score / first.score).toBeCloseTo(popular(second) / popular(first), 5)
    expect(third.score / first.score).toBeCloseTo(popular(third) / popular(first), 5)
  })

  it("finds the few products that a narrow filter lets through", () => {
    const wanted = ["p46", "p47", "p5"]
    const filter: Placement["filter"] = {
      combinator: "and",
      rules: [{ field: "product", operator: "in", value: wanted }],
    }
    expect(ids(fill("home", { limit: 8 }, { filter })).sort()).toEqual([...wanted].sort())
  })
})

it("a hide rule beats a pin, and pins of one place stand in the order of their rules", () => {
  const pin = (id: string, product: string): MerchandisingRule =>
    rule({ type: "pin", product_ids: [product], position: 1 }, { id })
  const both = fill("home", {}, { rules: [pin("a", "p30"), pin("b", "p31")] })
  expect(ids(both).slice(0, 2)).toEqual(["p30", "p31"])
  const hide = rule(
    { type: "hide" },
    { filter: { combinator: "and", rules: [{ field: "product", operator: "in", value: ["p30"] }] } },
  )
  const hidden = fill("home", {}, { rules: [pin("a", "p30"), hide], filter: inGroup(1) })
  expect(ids(hidden)).not.toContain("p30")
})

it("an answer's arm is the strategy that led, and nobody when it had nothing to name", () => {
  const strategies: Placement["strategies"] = [
    { strategy: "buy_again", weight: 1 },
    { strategy: "trending", weight: 1 },
    { strategy: "best_sellers", weight: 1 },
  ]
  expect(fill("home", { arm: "buy_again" }, { strategies }).arm).toBeNull()
  expect(fill("home", { arm: "best_sellers" }, { strategies }).arm).toBe("best_sellers")
  expect(fill("home", {}, { strategies }).arm).toBeNull()
})

it("tells a category by its name, and a sales channel by none", () => {
  const builder = new TrainingDataBuilder()
  builder.addProduct({
    id: "mug",
    title: "mug",
    created_at: 0,
    category_ids: ["pcat_1", "pcat_2"],
    category_names: ["Kitchen", "Mugs"],
  })
  builder.addProduct({ id: "pan", title: "pan", created_at: 0 })
  for (let i = 0; i < 9; i++) {
    builder.addInteraction(`s${i}`, `o${i}`, "mug", INTERACTION_KIND.buy, NOW - DAY, { channel: "sc_1" })
  }
  const { model: small } = trainRecommendations(builder.finish(), { now: NOW, seed: 1, resamples: 20 })
  const placement = { ...SHIPPED_PLACEMENTS.home.settings, fallback: ["popular_here" as const] }
  const reasonIn = (asked: Partial<ShelfRequest>): unknown =>
    rankShelf(small, facts, { placement, seeds: [], limit: 1, now: NOW, currencies: [], ...asked })
      .products[0].reason
  expect(reasonIn({ category: "pcat_2" })).toEqual({
    code: "popular_here",
    data: { by: "category", name: "Mugs" },
  })
  expect(reasonIn({ sales_channel: "sc_1" })).toEqual({
    code: "popular_here",
    data: { by: "channel", name: "" },
  })
})

it("an explanation's contributions add up to the score before the factors", () => {
  const { products } = fill("product", { seeds: ["p0"], explain: true })
  for (const { score, explanation } of products) {
    const sum = explanation!.parts.reduce((all, { contribution }) => all + contribution, 0)
    expect(sum).toBeCloseTo(score, 9)
    for (const part of explanation!.parts) expect(part.score * part.weight).toBeCloseTo(part.contribution, 9)
  }
})

it("names a field, operator or value that a filter cannot use", () => {
  const bad =
    (field: string, operator: string, value: string | string[] | number): (() => ShelfAnswer) =>
    () =>
      fill("home", {}, { filter: { combinator: "and", rules: [{ field, operator, value }] } })
  expect(bad("colour", "in", ["red"])).toThrow('there is no field "colour"')
  expect(bad("category", "like", ["a"])).toThrow('category cannot be compared by "like"')
  expect(bad("price", "<", 5)).toThrow("price is compared with an amount and its currency, got 5")
  expect(bad("stock", "<", "5")).toThrow('stock is compared with a number, got "5"')
})
