import { bootstrap, weightedMean, type Interval } from "../evaluate"
import { boughtTogether } from "./bought-together"
import { itemToItem } from "./item-to-item"
import { basketMatrix, shopperMatrix } from "./matrices"
import {
  learnedHits,
  nextBasketCases,
  pairHits,
  popularityHits,
  type Hits,
  type NextBasketCase,
} from "./next-basket"
import { popularity } from "./popularity"
import { repeatRates } from "./repeat"
import type { ScoringModel } from "./scorer"
import { similarProducts } from "./similar"
import {
  INTERACTION_KIND,
  type Blend,
  type Neighbours,
  type RecommendationModel,
  type TrainingData,
  type TrainingMetrics,
  type TrainingOptions,
  type TrainingProgress,
  type TrainingResult,
  type TrainingStage,
} from "./types"

const DAY = 86_400_000

/**
 * Chosen on the windows before the held-out one of a year of real orders (bench/recommendations); the half-life and
 * the blend are chosen anew for each store where its own orders suffice.
 */
const DEFAULTS = {
  holdout_days: 28,
  neighbours: 50,
  resamples: 400,
  shrink: 2,
  asymmetry: 0.7,
  popular_half_life_days: 14,
  repeat_half_life_days: 30,
  popular_days: 28,
}
const HALF_LIVES = [30, 120]
const DEFAULT_BLEND: Blend = { together: 0, item_to_item: 1, similar: 0, popular: 0.03, repeat: 10 }
const TOGETHER_STEPS = [0.3, 1]
const POPULAR_STEPS = [0.01, 0.1, 0.3]
const REPEAT_STEPS = [0, 1, 3, 30]

/** With fewer shoppers who came back, chance would choose the blend. */
const MIN_TUNING_CASES = 100
const MAX_TUNING_CASES = 700
const MAX_TEST_CASES = 1500

/** Content neighbours kept; they only fill what co-purchases leave open. */
const SIMILAR_NEIGHBOURS = 24

interface Fit extends ScoringModel {
  together: Neighbours
  orders_of: Int32Array
  shoppers_of: Int32Array
  orders: number
  shoppers: number
}

/**
 * Learns a store's recommendations, and measures them on the store itself:
 * 1. on the time before the last two windows, chooses half-life and blend by the next orders of the window after;
 * 2. on the time before the last window, learns and is measured on the last one, which step 1 never saw;
 * 3. learns from everything. That model is returned, with the figures of step 2.
 *
 * Shapes: see `TrainingData`; deterministic in data, `now` and `seed`.
 * Cost: three fits, and a fourth of item-to-item, each O(sum of squared sizes of orders and of shoppers' histories); about 1 s a fit at 1M
 * interactions. Memory: about 60 bytes an interaction and 12 a kept neighbour at the peak.
 */
export function trainRecommendations(
  data: TrainingData,
  options: TrainingOptions,
  onProgress: (progress: TrainingProgress) => void = () => {},
): TrainingResult {
  const { now, seed } = options
  const window = (options.holdout_days ?? DEFAULTS.holdout_days) * DAY
  const neighbours = options.neighbours ?? DEFAULTS.neighbours
  if (!Number.isFinite(now)) throw new RangeError(`training: now must be Unix milliseconds, got ${now}`)
  if (!(window > 0))
    throw new RangeError(`training: holdout_days must be above 0, got ${options.holdout_days}`)
  if (!(Number.isInteger(neighbours) && neighbours > 0)) {
    throw new RangeError(`training: neighbours must be a whole number above 0, got ${neighbours}`)
  }
  const report = (stage: TrainingStage, fraction: number): void => onProgress({ stage, fraction })

  report("split", 0)
  // A history that ended long ago (an import, a store that paused) is measured and weighed from its own end.
  const end = latestPurchase(data, now)
  const choice = choose(data, { cut: end - 2 * window, until: end - window }, neighbours, seed, report)
  report("evaluate", 0.45)
  const metrics = measure(data, { cut: end - window, until: end }, neighbours, choice, options)
  report("together", 0.7)
  const fitted = fit(data, end, neighbours, choice.halfLife, now)
  report("similar", 0.85)
  const { similar, terms, vocabulary } = similarProducts(
    data.products,
    Math.min(SIMILAR_NEIGHBOURS, neighbours),
  )
  report("done", 1)

  let interactions = 0
  for (let i = 0; i < data.interactions.length; i++) if (data.interactions.at[i] <= now) interactions++
  const { orders, shoppers } = fitted
  const counts = { orders, shoppers, interactions, products: data.products.length }
  const model: RecommendationModel = {
    version: 1,
    trained_at: now,
    counts,
    blend: choice.blend,
    ids: data.products.ids,
    created_at: data.products.created_at,
    repeat: fitted.repeat,
    together: fitted.together,
    orders_of: fitted.orders_of,
    item_to_item: fitted.item_to_item,
    shoppers_of: fitted.shoppers_of,
    similar,
    terms,
    vocabulary,
    popular: fitted.popular,
  }
  return { model, metrics: { ...metrics, ...counts } }
}

interface Choice {
  halfLife: number
  blend: Blend
}

interface Window {
  cut: number
  until: number
}

function fit(data: TrainingData, until: number, neighbours: number, halfLife: number, readAt = until): Fit {
  const { interactions, products } = data
  const baskets = boughtTogether(basketMatrix(interactions, products.length, until), neighbours)
  return {
    together: baskets.together,
    orders_of: baskets.ordersOf,
    ...fitShoppers(data, until, neighbours, halfLife),
    orders: baskets.orders,
    popular: popularity(interactions, products.created_at, {
      until,
      read_at: readAt,
      half_life_days: DEFAULTS.popular_half_life_days,
      days: DEFAULTS.popular_days,
    }),
    repeat: repeatRates(interactions, products.length, {
      until,
      half_life_days: DEFAULTS.repeat_half_life_days,
    }),
    similar: noNeighbours(products.length),
  }
}

function fitShoppers(
  data: TrainingData,
  until: number,
  neighbours: number,
  halfLife: number,
): Pick<Fit, "item_to_item" | "shoppers_of" | "shoppers"> {
  const { shrink, asymmetry } = DEFAULTS
  const matrix = shopperMatrix(data.interactions, data.products.length, until, halfLife)
  const {
    itemToItem: item_to_item,
    shoppersOf: shoppers_of,
    shoppers,
  } = itemToItem(matrix, {
    neighbours,
    shrink,
    asymmetry,
  })
  return { item_to_item, shoppers_of, shoppers }
}

/** The moment of the last purchase up to `now`; `now` when there is none. */
function latestPurchase(data: TrainingData, now: number): number {
  const { at, kind, length } = data.interactions
  let latest = -Infinity
  for (let i = 0; i < length; i++) {
    if (kind[i] === INTERACTION_KIND.buy && at[i] <= now && at[i] > latest) latest = at[i]
  }
  return latest === -Infinity ? now : latest
}

function noNeighbours(products: number): Neighbours {
  const none = new Int32Array(0)
  return { offsets: new Int32Array(products + 1), product: none, score: new Float32Array(0), count: none }
}

/** Half-life and blend by next-basket hits on a window; the defaults where too few shoppers came back. */
function choose(
  data: TrainingData,
  window: Window,
  neighbours: number,
  seed: number,
  report: (stage: TrainingStage, fraction: number) => void,
): Choice {
  const cases = nextBasketCases(data.interactions, window, { most: MAX_TUNING_CASES, seed })
  if (cases.length < MIN_TUNING_CASES) return { halfLife: HALF_LIVES[0], blend: DEFAULT_BLEND }
  let model = fit(data, window.cut, neighbours, HALF_LIVES[0])
  report("item_to_item", 0.2)
  let halfLife = HALF_LIVES[0]
  let hits = learnedHits(cases, model, DEFAULT_BLEND).freshHits
  for (const other of HALF_LIVES.slice(1)) {
    const tried = { ...model, ...fitShoppers(data, window.cut, neighbours, other) }
    const triedHits = learnedHits(cases, tried, DEFAULT_BLEND).freshHits
    if (!clearlyBetter(triedHits, hits)) continue
    hits = triedHits
    halfLife = other
    model = tried
  }
  report("item_to_item", 0.3)
  return { halfLife, blend: chooseBlend(cases, model) }
}

/** One part after the other: those that find new products by fresh targets, the readiness to repeat by all. */
function chooseBlend(cases: readonly NextBasketCase[], model: Fit): Blend {
  const fresh = (blend: Blend): Int32Array => learnedHits(cases, model, { ...blend, repeat: 0 }).freshHits
  const all = (blend: Blend): Int32Array => learnedHits(cases, model, blend).hits
  let blend = DEFAULT_BLEND
  blend = best(
    blend,
    TOGETHER_STEPS.map((together) => ({ ...blend, together })),
    fresh,
  )
  blend = best(
    blend,
    POPULAR_STEPS.map((popular) => ({ ...blend, popular })),
    fresh,
  )
  return best(
    blend,
    REPEAT_STEPS.map((repeat) => ({ ...blend, repeat })),
    all,
  )
}

/** Keeps the given blend unless another is clearly better, so that chance does not choose. */
function best(blend: Blend, others: Blend[], hitsOf: (blend: Blend) => Int32Array): Blend {
  let kept = blend
  let keptHits = hitsOf(blend)
  for (const tried of others) {
    const hits = hitsOf(tried)
    if (!clearlyBetter(hits, keptHits)) continue
    kept = tried
    keptHits = hits
  }
  return kept
}

/**
 * Hit in more cases, by over one standard error of the paired difference (the one-standard-error rule of Breiman et
 * al. 1984, with McNemar's variance: the cases on which the two differ).
 */
function clearlyBetter(hits: Int32Array, than: Int32Array): boolean {
  let won = 0
  let lost = 0
  for (let c = 0; c < hits.length; c++) {
    if (hits[c] > 0 && than[c] === 0) won++
    else if (hits[c] === 0 && than[c] > 0) lost++
  }
  return won - lost > Math.sqrt(won + lost)
}

function measure(
  data: TrainingData,
  window: Window,
  neighbours: number,
  choice: Choice,
  options: TrainingOptions,
): TrainingMetrics {
  const { seed } = options
  const cases = nextBasketCases(data.interactions, window, { most: MAX_TEST_CASES, seed })
  const metrics: TrainingMetrics = {
    holdout_shoppers: cases.length,
    half_life_days: choice.halfLife,
    blend_together: choice.blend.together,
    blend_popular: choice.blend.popular,
    blend_repeat: choice.blend.repeat,
  }
  if (cases.length === 0) return metrics
  const model = fit(data, window.cut, neighbours, choice.halfLife)
  const resampling = { resamples: options.resamples ?? DEFAULTS.resamples, seed }
  const methods = {
    learned: learnedHits(cases, model, choice.blend),
    popularity: popularityHits(cases, model.orders_of),
    recent: popularityHits(cases, model.popular.buyers),
    pairs: pairHits(cases, basketMatrix(data.interactions, data.products.length, window.cut)),
  }
  for (const targets of ["all", "new"] as const) {
    for (const by of ["basket", "line"] as const) {
      const name = `${targets === "all" ? "" : "new_"}${by === "basket" ? "" : "line_"}hr10`
      compare(metrics, name, methods, targets, by, resampling)
    }
  }
  return metrics
}

/** Case values and their weights: by basket, whether any target was hit; by line, the share of all targets hit. */
function compare(
  metrics: TrainingMetrics,
  name: string,
  methods: { learned: Hits; popularity: Hits; recent: Hits; pairs: Hits },
  targets: "all" | "new",
  by: "basket" | "line",
  resampling: { resamples: number; seed: number },
): void {
  const sizes = targets === "all" ? methods.learned.targets : methods.learned.freshTargets
  const counted = new Int32Array(sizes.length).map((_, c) => c).filter((c) => sizes[c] > 0)
  if (counted.length === 0) return
  const size = Float64Array.from(counted, (c) => (by === "basket" ? 1 : sizes[c]))
  const valuesOf = (hits: Hits): Float64Array => {
    const list = targets === "all" ? hits.hits : hits.freshHits
    return Float64Array.from(counted, (c) => (by === "basket" ? Math.min(list[c], 1) : list[c]))
  }
  const learned = valuesOf(methods.learned)
  const rate = (values: Float64Array, times: Int32Array): number =>
    weightedMean(values, times) / weightedMean(size, times)
  put(
    metrics,
    name,
    bootstrap(counted.length, (times) => rate(learned, times), resampling),
  )
  metrics[`${name}_cases`] = counted.length
  for (const method of ["popularity", "recent", "pairs"] as const) {
    const other = valuesOf(methods[method])
    metrics[`${name}_${method}`] = rate(other, new Int32Array(counted.length).fill(1))
    const ratio = bootstrap(counted.length, (times) => rate(learned, times) / rate(other, times), resampling)
    const gain = bootstrap(counted.length, (times) => rate(learned, times) - rate(other, times), resampling)
    put(metrics, `${name}_over_${method}`, ratio)
    put(metrics, `${name}_above_${method}`, gain)
  }
}

function put(metrics: TrainingMetrics, name: string, interval: Interval): void {
  if (!Number.isFinite(interval.value)) return
  metrics[name] = interval.value
  metrics[`${name}_low`] = interval.low
  metrics[`${name}_high`] = interval.high
}
