import fc from "fast-check"
import { bestFrequencyWeight, frequencyHits, nextBasketCases, popularityHits } from "../next-basket"
import { DAY, NOW, storeOf } from "./store"

const PRODUCTS = Array.from({ length: 30 }, (_, i) => `p${i}`)
const everyone = { most: 1000, seed: 1 }

/** Orders are a day apart, the last one at `NOW - DAY`. */
const casesOf = (orders: string[][], by: string[], heldOut: number) => {
  const { interactions } = storeOf(PRODUCTS, orders, by)
  return nextBasketCases(interactions, { cut: NOW - (heldOut + 0.5) * DAY, until: NOW }, everyone)
}

it("a case knows in how many of the shopper's orders each product was", () => {
  const [one] = casesOf([["p0", "p1"], ["p0"], ["p2"], ["p0", "p3"]], ["x", "x", "y", "x"], 1)
  expect([...one.timesOf]).toEqual([
    [0, 2],
    [1, 1],
  ])
  expect(one.orders).toBe(2)
  expect([[...one.targets], [...one.fresh]]).toEqual([[0, 3], [3]])
})

it("own frequency ranks as the formula written plainly, for all targets and for new ones", () => {
  const order = fc.uniqueArray(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 8 })
  const weights = fc.integer({ min: 0, max: 10 }).map((tenth) => tenth / 10)
  fc.assert(
    fc.property(fc.array(order, { minLength: 4, maxLength: 12 }), weights, (orders, weight) => {
      const by = orders.map((_, i) => `s${i % 2}`)
      const cases = casesOf(orders, by, 2)
      const past = orders.slice(0, -2)
      // Distinct and above 0, so that no tie leaves the order open and no product is without a score.
      const share = PRODUCTS.map(
        (id, p) => past.filter((own) => own.includes(id)).length / past.length + (p + 1) * 1e-7,
      )
      const got = frequencyHits(cases, share, weight)
      const naive = [0, 1].map((s) => {
        const own = past.filter((_, i) => i % 2 === s)
        const target = orders[orders.length - 2 + ((orders.length - 2 + s) % 2)]
        const ranked = (rows: number[]) =>
          rows
            .map((p) => ({
              p,
              score:
                (weight * own.filter((products) => products.includes(PRODUCTS[p])).length) / own.length +
                (1 - weight) * share[p],
            }))
            .filter(({ score }) => score > 0)
            .sort((a, b) => b.score - a.score || a.p - b.p)
            .slice(0, 10)
            .filter(({ p }) => target.includes(PRODUCTS[p])).length
        const all = PRODUCTS.map((_, p) => p)
        const had = new Set(own.flat())
        return `${ranked(all)} ${ranked(all.filter((p) => !had.has(PRODUCTS[p])))}`
      })
      // At weight 1 products of no frequency tie at 0, which a naive sort and a heap both break by row.
      if (weight === 1) return
      expect([...got.hits].map((hits, c) => `${hits} ${got.freshHits[c]}`).sort()).toEqual(naive.sort())
    }),
  )
})

it("without weight it is popularity, and the tuned weight is never below either end", () => {
  const orders = Array.from({ length: 80 }, (_, i) => [`p${i % 7}`, `p${(i * i) % 30}`, `p${i % 11}`])
  const by = orders.map((_, i) => `s${i % 10}`)
  const cases = casesOf(orders, by, 20)
  const share = PRODUCTS.map((id) => orders.slice(0, 60).filter((own) => own.includes(id)).length / 60)
  expect(frequencyHits(cases, share, 0)).toEqual(popularityHits(cases, share))
  const hit = (weight: number) => frequencyHits(cases, share, weight).hits.filter((hits) => hits > 0).length
  const best = hit(bestFrequencyWeight(cases, share))
  expect(best).toBeGreaterThanOrEqual(hit(0.0001))
  expect(best).toBeGreaterThanOrEqual(hit(0.9999))
  expect(() => frequencyHits(cases, share, 2)).toThrow("from 0 to 1, got 2")
})
