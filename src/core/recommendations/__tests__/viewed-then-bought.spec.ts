import fc from "fast-check"
import { INTERACTION_KIND, TrainingDataBuilder } from ".."
import { liftLowerBound } from "../bought-together"
import { viewedThenBought } from "../viewed-then-bought"
import { DAY, NOW } from "./store"

const PRODUCTS = ["a", "b", "c", "d"]
type Event = { who: string; product: string; day: number; buy: boolean }

function store(events: readonly Event[]) {
  const builder = new TrainingDataBuilder()
  for (const id of PRODUCTS) builder.addProduct({ id, title: id, created_at: 0 })
  events.forEach(({ who, product, day, buy }, i) =>
    builder.addInteraction(
      who,
      buy ? `o${i}` : null,
      product,
      buy ? INTERACTION_KIND.buy : INTERACTION_KIND.view,
      NOW + day * DAY,
    ),
  )
  return builder.finish().interactions
}

const event = fc.record({
  who: fc.constantFrom("x", "y", "z", "u", "v", "w", "s", "t"),
  product: fc.constantFrom(...PRODUCTS),
  day: fc.integer({ min: 0, max: 20 }),
  buy: fc.boolean(),
})

it("agrees with a naive count on any events", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 120 }), (events) => {
      const data = store(events)
      const until = NOW + 18 * DAY
      const { list, viewersOf, viewers } = viewedThenBought(data, 4, { until, neighbours: 5 })
      const past = events.filter(({ day }) => day <= 18)
      const shoppers = [...new Set(past.map(({ who }) => who))]
      const views = past.filter(({ buy }) => !buy)
      const bought = (who: string, b: string, saw: (product: string) => boolean) =>
        past.some(
          ({ who: own, product, day, buy }) =>
            buy &&
            own === who &&
            product === b &&
            views.some(
              (view) =>
                view.who === who &&
                saw(view.product) &&
                view.product !== b &&
                view.day <= day &&
                day - view.day <= 7,
            ),
        )
      expect(viewers).toBe(new Set(views.map(({ who }) => who)).size)
      PRODUCTS.forEach((a, row) => {
        const own = new Set(views.filter(({ product }) => product === a).map(({ who }) => who)).size
        expect(viewersOf[row]).toBe(own)
        const naive = new Map<number, { count: number; score: number }>()
        PRODUCTS.forEach((b, other) => {
          if (b === a) return
          const count = shoppers.filter((who) => bought(who, b, (saw) => saw === a)).length
          const buyers = shoppers.filter((who) => bought(who, b, () => true)).length
          const bound = liftLowerBound(count, (own * buyers) / viewers)
          if (count >= 2 && bound > 1) naive.set(other, { count, score: (count / own) * (1 - 1 / bound) })
        })
        expect(list.offsets[row + 1] - list.offsets[row]).toBe(naive.size)
        for (let i = list.offsets[row]; i < list.offsets[row + 1]; i++) {
          expect(list.count[i]).toBe(naive.get(list.product[i])?.count)
          expect(list.score[i]).toBeCloseTo(naive.get(list.product[i])?.score ?? 0, 5)
        }
      })
    }),
    { numRuns: 200 },
  )
})

it("finds what viewers of one product buy, not what everyone buys", () => {
  const events: Event[] = []
  for (let i = 0; i < 60; i++) {
    const who = `s${i}`
    events.push({ who, product: i < 30 ? "a" : "d", day: 0, buy: false })
    events.push({ who, product: "c", day: 1, buy: true })
    if (i < 20) events.push({ who, product: "b", day: 2, buy: true })
  }
  const { list, viewersOf } = viewedThenBought(store(events), 4, { until: NOW + 9 * DAY, neighbours: 5 })
  expect([...list.product.subarray(0, list.offsets[1])]).toEqual([1])
  expect([list.count[0], viewersOf[0]]).toEqual([20, 30])
})

it("refuses a window of no length", () => {
  expect(() => viewedThenBought(store([]), 4, { until: NOW, neighbours: 5, days: 0 })).toThrow(
    "days must be above 0, got 0",
  )
})
