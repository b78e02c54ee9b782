import { seededRandom, type Csr } from "../../data"
import { INTERACTION_KIND, TrainingDataBuilder } from ".."
import { productPrior } from "../product-prior"
import { DAY, NOW } from "./store"

/** One category a product. */
function categories(of: number[], count: number): Csr {
  const known = of.map((category) => (category < 0 ? [] : [category]))
  const offsets = new Int32Array(of.length + 1)
  known.forEach((list, p) => (offsets[p + 1] = offsets[p] + list.length))
  const columns = Int32Array.from(known.flat())
  return {
    rows: of.length,
    columnCount: count,
    offsets,
    columns,
    weights: new Float32Array(columns.length).fill(1),
  }
}

function store(buyers: number[], ageDays: number[]) {
  const builder = new TrainingDataBuilder()
  buyers.forEach((_, p) => builder.addProduct({ id: `p${p}`, title: "", created_at: NOW - ageDays[p] * DAY }))
  buyers.forEach((count, p) => {
    for (let i = 0; i < count; i++) {
      const at = NOW - (i / count) * Math.min(ageDays[p], 56) * DAY
      builder.addInteraction(`s${p}-${i}`, `o${p}-${i}`, `p${p}`, INTERACTION_KIND.buy, at)
    }
  })
  const { interactions, products } = builder.finish()
  return { interactions, created: products.created_at }
}

it("a new product stands where its category leads to expect, an old one that did not sell far below", () => {
  // Category 0 sells 40 in eight weeks, category 1 sells 4; then one new and one old product without sales in each.
  const buyers = [...Array(20).fill(40), ...Array(20).fill(4), 0, 0, 0, 0]
  const age = [...Array(40).fill(200), 1, 1, 200, 200]
  const of = [...Array(20).fill(0), ...Array(20).fill(1), 0, 1, 0, 1]
  const { interactions, created } = store(buyers, age)
  const prior = productPrior(interactions, created, categories(of, 2), { until: NOW, days: 56 })
  const [newBest, newOther, oldBest, oldOther] = prior.expected.slice(40)
  expect(newBest).toBeGreaterThan(0.9 * 5 * (20 / 21))
  expect(newBest).toBeGreaterThan(4 * newOther)
  expect(newBest).toBeGreaterThan(prior.expected[20])
  expect(newBest).toBeLessThan(prior.expected[0])
  expect(oldBest).toBeLessThan(0.8 * newBest)
  expect(oldOther).toBeLessThan(newOther)
  expect(prior.weeks[0]).toBeCloseTo(8, 6)
})

it("recovers the strength of the prior and predicts better than own sales or the category alone", () => {
  const random = seededRandom(2)
  const poisson = (mean: number) => {
    let k = 0
    for (let p = random.next(); p > Math.exp(-mean); p *= random.next()) k++
    return k
  }
  // Rates Gamma(4, b) as sums of four exponentials: mean m, so a strength of 4 / m weeks.
  const mean = [2, 0.8]
  const truth = Array.from({ length: 600 }, (_, p) => {
    let sum = 0
    for (let i = 0; i < 4; i++) sum -= Math.log(1 - random.next())
    return (sum / 4) * mean[p % 2]
  })
  const age = truth.map((_, p) => (p % 3 === 0 ? 7 : 56))
  const buyers = truth.map((rate, p) => poisson((rate * age[p]) / 7))
  const { interactions, created } = store(buyers, age)
  const of = truth.map((_, p) => p % 2)
  const prior = productPrior(interactions, created, categories(of, 2), { until: NOW, days: 56 })
  expect(prior.strength_weeks).toBeGreaterThan(1.4)
  expect(prior.strength_weeks).toBeLessThan(4)
  expect(prior.category_mean[0] / 2).toBeGreaterThan(0.9)
  expect(prior.category_mean[0] / 2).toBeLessThan(1.1)
  const error = (guess: (p: number) => number) =>
    truth.reduce((sum, rate, p) => sum + (guess(p) - rate) ** 2, 0)
  const ours = error((p) => prior.expected[p])
  expect(ours).toBeLessThan(error((p) => (buyers[p] * 7) / age[p]) * 0.7)
  expect(ours).toBeLessThan(error((p) => prior.category_mean[of[p]]) * 0.7)
})

it("a product without a category gets the store's mean, an empty store zeros", () => {
  const { interactions, created } = store([8, 8, 0], [100, 100, 0])
  const prior = productPrior(interactions, created, categories([0, 0, -1], 1), { until: NOW, days: 56 })
  expect(prior.expected[2]).toBeGreaterThan(0.8 * prior.store_mean)
  const empty = store([0, 0], [10, 10])
  const zeros = productPrior(empty.interactions, empty.created, categories([0, 0], 1), {
    until: NOW,
    days: 56,
  })
  expect([...zeros.expected]).toEqual([0, 0])
  expect(() =>
    productPrior(empty.interactions, empty.created, categories([0, 0], 1), { until: NOW, days: 0 }),
  ).toThrow("days must be above 0, got 0")
})
