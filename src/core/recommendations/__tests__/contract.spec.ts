/**
 * One suite for every model that scores products from other products: whatever its algorithm, it must find hidden groups,
 * see nothing after its moment, answer the same again, and be data that can be stored.
 */
import { fitForYou, type ForYouFit } from "../fit"
import { scoreComponent, type Shopper } from "../for-you"
import { equalEvidence } from "../evidence"
import { NEXT_ITEM_DEFAULTS } from "../next-item"
import { NEXT_ITEM_BLEND } from "../next-item-scorer"
import { ScoreSheet } from "../score-sheet"
import { fitSessionKnn, SESSION_KNN_DEFAULTS, SessionScorer, sessionsOf } from "../session-knn"
import { boughtSameDay } from "../bought-same-day"
import { boughtTogether } from "../bought-together"
import { basketMatrix } from "../matrices"
import { viewedThenBought } from "../viewed-then-bought"
import { COMPONENTS, type Component, type Neighbours, type TrainingData } from "../types"
import { DAY, groupedStore, NOW } from "./store"

const PRODUCTS = 48
const GROUPS = 6

type Score = (rows: number[]) => Map<number, number>
type Fit = (data: TrainingData, until: number) => { model: object; score: Score }

function collected(sheet: ScoreSheet): Map<number, number> {
  return new Map(Array.from(sheet.touched.subarray(0, sheet.length), (row) => [row, sheet.score[row]]))
}

function shopperOf(rows: number[]): Shopper {
  const evidence = equalEvidence(rows)
  return { evidence, recent: Int32Array.from(rows), frequency: evidence }
}

const choice = {
  half_life_days: 120,
  next_item: { options: NEXT_ITEM_DEFAULTS, blend: NEXT_ITEM_BLEND },
}

/** A component of "for_you". The factors only re-rank, so they are asked about every product. */
function component(name: Component): Fit {
  return (data, until) => {
    const model: ForYouFit = fitForYou(data, {
      until,
      neighbours: 40,
      choice,
      components: new Set([name]),
      seed: 1,
    })
    const score: Score = (rows) => {
      const sheet = new ScoreSheet(PRODUCTS)
      if (name === "als" && rows.length > 0) for (let p = 0; p < PRODUCTS; p++) sheet.addQuietly(p, 0)
      scoreComponent(model, name, choice, shopperOf(rows), 1, sheet)
      return collected(sheet)
    }
    return { model: { list: model[name as keyof ForYouFit] }, score }
  }
}

function list(fit: (data: TrainingData, until: number) => Neighbours): Fit {
  return (data, until) => {
    const neighbours = fit(data, until)
    const score: Score = (rows) => {
      const sheet = new ScoreSheet(PRODUCTS)
      sheet.addNeighbours(neighbours, equalEvidence(rows), 1, 0)
      return collected(sheet)
    }
    return { model: { neighbours }, score }
  }
}

const session: Fit = (data, until) => {
  const index = fitSessionKnn(sessionsOf(data.interactions, until, PRODUCTS))
  const scorer = new SessionScorer(index)
  const score: Score = (rows) => {
    scorer.run(rows, until, SESSION_KNN_DEFAULTS, false)
    return new Map(Array.from(scorer.touched.subarray(0, scorer.length), (row) => [row, scorer.score[row]]))
  }
  return { model: { index }, score }
}

const MODELS: [string, Fit][] = [
  ...COMPONENTS.filter((name) => !["popular", "frequency", "repeat"].includes(name)).map(
    (name): [string, Fit] => [name, component(name)],
  ),
  [
    "together",
    list((data, until) => boughtTogether(basketMatrix(data.interactions, PRODUCTS, until), 40).together),
  ],
  ["same day", list((data, until) => boughtSameDay(data.interactions, PRODUCTS, until, 40).list)],
  [
    "viewed then bought",
    list(
      (data, until) =>
        viewedThenBought(data.interactions, PRODUCTS, { until, neighbours: 40, days: 60 }).list,
    ),
  ],
  ["session", session],
]

/** The same store with one more year of shoppers who want what no group does. */
function withFuture(data: TrainingData): TrainingData {
  const { interactions } = data
  const at = interactions.at.slice()
  const product = interactions.product.slice()
  for (let i = 0; i < at.length; i += 3) {
    at[i] += 400 * DAY
    product[i] = (product[i] * 7 + 3) % PRODUCTS
  }
  return { ...data, interactions: { ...interactions, at, product } }
}

describe.each(MODELS)("%s", (_, fit) => {
  const data = groupedStore(3)
  const { model, score } = fit(data, NOW)

  it("scores the products of the hidden group above the others", () => {
    for (let group = 0; group < GROUPS; group++) {
      const seeds = [group, group + GROUPS]
      const scores = score(seeds)
      const mean = (wanted: boolean): number => {
        const rows = Array.from({ length: PRODUCTS }, (_, p) => p).filter(
          (p) => !seeds.includes(p) && (p % GROUPS === group) === wanted,
        )
        return rows.reduce((sum, p) => sum + (scores.get(p) ?? 0), 0) / rows.length
      }
      expect(mean(true)).toBeGreaterThan(2 * Math.max(mean(false), 0))
    }
  })

  it("names nothing without evidence, and finite scores of known products with it", () => {
    expect([...score([])]).toEqual([])
    for (const [row, value] of score([0, 1, 2])) {
      expect(row).toBeGreaterThanOrEqual(0)
      expect(row).toBeLessThan(PRODUCTS)
      expect(Number.isFinite(value)).toBe(true)
    }
  })

  it("answers the same for the same data, and after another answer", () => {
    const first = score([5])
    score([1, 2, 3])
    expect(score([5])).toEqual(first)
    expect(fit(groupedStore(3), NOW).score([5])).toEqual(first)
  })

  it("does not see what happens after its moment", () => {
    const future = withFuture(data)
    const past = { ...future, interactions: { ...future.interactions } }
    const kept = Array.from(past.interactions.at.keys()).filter((i) => past.interactions.at[i] <= NOW)
    for (const name of ["subject", "basket", "product", "country", "channel"] as const) {
      past.interactions[name] = Int32Array.from(kept, (i) => future.interactions[name][i])
    }
    past.interactions.kind = Uint8Array.from(kept, (i) => future.interactions.kind[i])
    past.interactions.at = Float64Array.from(kept, (i) => future.interactions.at[i])
    past.interactions.length = kept.length
    const seen = fit(future, NOW).score([4, 10])
    const blind = fit(past, NOW).score([4, 10])
    expect([...seen.keys()].sort()).toEqual([...blind.keys()].sort())
    for (const [row, value] of blind) expect(seen.get(row)).toBeCloseTo(value, 5)
  })

  it("is plain data: typed arrays and numbers", () => {
    const check = (value: unknown): void => {
      if (value === null || ArrayBuffer.isView(value)) return
      if (typeof value === "object") return Object.values(value).forEach(check)
      expect(["number", "string", "undefined"]).toContain(typeof value)
    }
    check(model)
  })
})
