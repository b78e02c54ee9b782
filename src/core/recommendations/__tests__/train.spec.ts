import fc from "fast-check"
import {
  INTERACTION_KIND,
  parseModel,
  readinessOf,
  rankShelf,
  SHIPPED_PLACEMENTS,
  serialiseModel,
  TrainingDataBuilder,
  trainRecommendations,
  type Placement,
  type ProductFacts,
  type RecommendationModel,
  type ShelfProduct,
  type ShelfRequest,
} from ".."
import { DAY, groupedStore, NOW, storeOf } from "./store"

const options = { now: NOW, seed: 1, resamples: 50 }
const NO_FACTS = new Map<string, ProductFacts>()

/** A shelf of a shipped placement, changed or not. */
function shelf(
  model: RecommendationModel | null,
  handle: keyof typeof SHIPPED_PLACEMENTS,
  asked: Partial<ShelfRequest>,
  change: Partial<Placement> = {},
): ShelfProduct[] {
  const placement = { ...SHIPPED_PLACEMENTS[handle].settings, ...change }
  return rankShelf(model, NO_FACTS, {
    placement,
    seeds: [],
    limit: 5,
    now: NOW,
    currencies: [],
    ...asked,
  }).products
}

const trained = trainRecommendations(groupedStore(1), options)
const { model, metrics } = trained

describe("training", () => {
  it("finds the hidden groups, better than popularity by more than chance", () => {
    expect(metrics.hr10).toBeGreaterThan(metrics.hr10_popularity)
    expect(metrics.hr10_above_popularity_low).toBeGreaterThan(0)
    for (const { product_id } of shelf(model, "product", { seeds: ["p0"] }))
      expect(Number(product_id.slice(1)) % 6).toBe(0)
  })

  it("gives the same bytes for the same data and seed", () => {
    const again = trainRecommendations(groupedStore(1), options)
    expect(again.metrics).toEqual(metrics)
    expect(Buffer.from(serialiseModel(again.model)).equals(Buffer.from(serialiseModel(model)))).toBe(true)
  })

  it("does not see what happens after now", () => {
    const builder = new TrainingDataBuilder()
    for (const id of ["a", "b"]) builder.addProduct({ id, title: id, created_at: 0 })
    for (let i = 0; i < 9; i++) {
      for (const id of ["a", "b"])
        builder.addInteraction(`s${i}`, `o${i}`, id, INTERACTION_KIND.buy, NOW + 1 + i)
    }
    const { model: blind } = trainRecommendations(builder.finish(), options)
    expect(blind.counts).toEqual({ orders: 0, shoppers: 0, interactions: 0, products: 2 })
    expect([...blind.popular.buyers]).toEqual([0, 0])
  })

  it("measures a history that ended long ago on its own last window", () => {
    const late = trainRecommendations(groupedStore(1), { ...options, now: NOW + 900 * DAY })
    expect(late.metrics.hr10).toBeGreaterThan(0)
    expect(late.model.popular.days).toBeGreaterThan(900)
  })

  it("trains on an empty shop and an empty catalogue", () => {
    expect(trainRecommendations(storeOf([], []), options).metrics.hr10).toBeUndefined()
    const { model: fresh } = trainRecommendations(storeOf(["a", "b"], []), options)
    const answer = shelf(fresh, "home", { limit: 9 })
    expect(answer.map(({ reason }) => reason.code)).toEqual(["new_arrival", "new_arrival"])
  })

  it("refuses options that make no sense", () => {
    expect(() => trainRecommendations(storeOf([], []), { now: NaN, seed: 1 })).toThrow(
      "now must be Unix milliseconds",
    )
    expect(() => trainRecommendations(storeOf([], []), { ...options, holdout_days: 0 })).toThrow(
      "holdout_days",
    )
    expect(() => trainRecommendations(storeOf([], []), { ...options, neighbours: 1.5 })).toThrow("neighbours")
  })
})

it("a model answers the same after it was written and read", () => {
  const read = parseModel(serialiseModel(model))
  for (const placement of ["product", "home"] as const) {
    const asked = { seeds: ["p3"], limit: 40 }
    expect(shelf(read, placement, asked)).toEqual(shelf(model, placement, asked))
  }
  expect(read.counts).toEqual(model.counts)
})

describe("a shelf", () => {
  const ids = Array.from({ length: 48 }, (_, p) => `p${p}`)
  const handles = fc.constantFrom("product" as const, "cart" as const, "home" as const)
  const anyId = fc.constantFrom(...ids, "gone")
  const request = fc.record({
    seeds: fc.array(anyId, { maxLength: 4 }),
    exclude: fc.array(anyId, { maxLength: 6 }),
    history: fc.array(
      fc.record({
        product_id: anyId,
        kind: fc.constantFrom(0 as const, 1 as const, 2 as const),
        at: fc.constant(NOW - DAY),
      }),
      { maxLength: 5 },
    ),
  })

  it("gives every product that is not left out once, in falling order, page after page", () => {
    fc.assert(
      fc.property(handles, request, fc.integer({ min: 1, max: 20 }), (handle, asked, size) => {
        const all = shelf(model, handle, { ...asked, limit: 100 }, { diversity: 0 })
        const out = new Set([...asked.seeds, ...asked.exclude])
        if (SHIPPED_PLACEMENTS[handle].settings.exclude_bought)
          for (const { product_id, kind } of asked.history) if (kind === 2) out.add(product_id)
        expect(all.map(({ product_id }) => product_id).sort()).toEqual(
          ids.filter((id) => !out.has(id)).sort(),
        )
        for (let i = 1; i < all.length; i++) expect(all[i].score).toBeLessThanOrEqual(all[i - 1].score)
        const paged = []
        for (let offset = 0; offset < 60; offset += size)
          paged.push(...shelf(model, handle, { ...asked, limit: size, offset }, { diversity: 0 }))
        expect(paged).toEqual(all.slice(0, paged.length))
      }),
    )
  })

  it("tells true counts of orders as the reason", () => {
    const orders = [...Array(40).fill(["a", "b"]), ...Array(10).fill(["a"]), ...Array(150).fill(["c"])]
    const { model: small } = trainRecommendations(storeOf(["a", "b", "c", "d"], orders), options)
    const [first] = shelf(small, "product", { seeds: ["a"], limit: 1 })
    expect(first.product_id).toBe("b")
    expect(first.reason).toEqual({ code: "bought_together", data: { product_id: "a", together: 40, of: 50 } })
  })

  it("falls back on likeness for a product nobody bought", () => {
    const builder = new TrainingDataBuilder()
    for (const [id, title] of Object.entries({ a: "oak table", b: "oak chair", c: "mug", d: "cup" })) {
      builder.addProduct({ id, title, created_at: 0 })
    }
    for (let i = 0; i < 5; i++) builder.addInteraction(null, `o${i}`, "c", INTERACTION_KIND.buy, NOW - DAY)
    const { model: young } = trainRecommendations(builder.finish(), options)
    const found = shelf(young, "product", { seeds: ["a"], limit: 4 })
    expect(found.map(({ product_id, reason }) => [product_id, reason.code])).toEqual([
      ["b", "similar"],
      ["c", "popular"],
      ["d", "new_arrival"],
    ])
    expect(found[0].reason).toEqual({ code: "similar", data: { product_id: "a", terms: ["oak"] } })
  })

  it("gives nothing without a model and refuses a limit that is none", () => {
    expect(shelf(null, "home", {})).toEqual([])
    expect(() => shelf(model, "home", { limit: -1 })).toThrow("got -1")
  })
})

it("readiness tells the tier and how many orders are missing", () => {
  expect(readinessOf({ orders: 0 })).toEqual({ tier: "cold", next: "warm", orders: 0, orders_to_next: 50 })
  expect(readinessOf({ orders: 50 })).toEqual({
    tier: "warm",
    next: "ready",
    orders: 50,
    orders_to_next: 350,
  })
  expect(readinessOf({ orders: 400 })).toEqual({
    tier: "ready",
    next: null,
    orders: 400,
    orders_to_next: null,
  })
  expect(() => readinessOf({ orders: -1 })).toThrow("got -1")
})

it("an interaction with a product that is not in the catalogue is refused, and a finished builder too", () => {
  const builder = new TrainingDataBuilder()
  builder.addProduct({ id: "a", title: "a", created_at: 0 })
  expect(builder.addInteraction("x", null, "gone", INTERACTION_KIND.view, NOW)).toBe(false)
  expect(builder.addInteraction(null, "o1", "a", INTERACTION_KIND.buy, NOW)).toBe(true)
  const { interactions } = builder.finish()
  expect([interactions.length, interactions.subjects, interactions.baskets]).toEqual([1, 1, 1])
  expect(() => builder.finish()).toThrow("make a new builder")
})
