import { bootstrap, weightedMean, type Interval } from "../evaluate"
import { basketMatrix } from "./matrices"
import { fitForYou, fitTogether, type ForYouFit } from "./fit"
import {
  bestFrequencyWeight,
  frequencyHits,
  learnedHits,
  nextBasketCases,
  pairHits,
  popularityHits,
  type Hits,
} from "./next-basket"
import {
  COMPONENTS,
  type Component,
  type ForYouChoice,
  type TrainingData,
  type TrainingMetrics,
} from "./types"

const MAX_CASES = 1500

export interface Window {
  /** Unix ms: what comes after it is not learned from. */
  cut: number
  /** Unix ms: the last moment of the orders that are guessed. */
  until: number
}

interface MeasureOptions {
  neighbours: number
  seed: number
  resamples: number
}

export function componentsOf(choice: Pick<ForYouChoice, "blend">): Set<Component> {
  return new Set(COMPONENTS.filter((component) => choice.blend[component] !== 0))
}

/**
 * How well a choice, learned from the time before the window, guesses the next orders in it: HR@10 with its interval against best
 * sellers, best sellers of late, plain pair counting and the shopper's own frequency, over all targets and over new ones, by
 * order and by line. With `against`, the same of another choice on the same orders, and the difference.
 * Cost: one fit a choice, 1,500 cases, and the resamples.
 */
export function measure(
  data: TrainingData,
  window: Window,
  choice: ForYouChoice,
  options: MeasureOptions & { against?: ForYouChoice },
  onFit: (fraction: number) => void = () => {},
): TrainingMetrics {
  const { seed, against } = options
  const cases = nextBasketCases(data.interactions, window, { most: MAX_CASES, seed })
  const metrics: TrainingMetrics = { holdout_shoppers: cases.length, half_life_days: choice.half_life_days }
  for (const component of COMPONENTS) metrics[`blend_${component}`] = choice.blend[component]
  if (cases.length === 0) return metrics
  const fitted = fitFor(data, window.cut, choice, options)
  onFit(against === undefined ? 0.8 : 0.4)
  const { orders_of: ordersOf, orders } = fitTogether(data, window.cut, 1)
  const share = Float64Array.from(ordersOf, (n) => n / Math.max(orders, 1))
  const methods: Record<string, Hits> = {
    popularity: popularityHits(cases, ordersOf),
    recent: popularityHits(cases, fitted.popular.buyers),
    pairs: pairHits(cases, basketMatrix(data.interactions, data.products.length, window.cut)),
    frequency: frequencyHits(cases, share, frequencyWeight(data, window, share, seed)),
  }
  if (against !== undefined) {
    methods.active = learnedHits(cases, fitFor(data, window.cut, against, options), against)
    onFit(0.8)
  }
  const learned = learnedHits(cases, fitted, choice)
  for (const targets of ["all", "new"] as const) {
    for (const by of ["basket", "line"] as const) {
      const name = `${targets === "all" ? "" : "new_"}${by === "basket" ? "" : "line_"}hr10`
      compare(metrics, name, learned, methods, targets, by, options)
    }
  }
  return metrics
}

function fitFor(
  data: TrainingData,
  until: number,
  choice: ForYouChoice,
  { neighbours, seed }: MeasureOptions,
): ForYouFit {
  return fitForYou(data, { until, neighbours, choice, components: componentsOf(choice), seed })
}

/** Chosen on the window before, as everything else is. */
function frequencyWeight(
  data: TrainingData,
  { cut, until }: Window,
  share: Float64Array,
  seed: number,
): number {
  const before = { cut: cut - (until - cut), until: cut }
  return bestFrequencyWeight(nextBasketCases(data.interactions, before, { most: MAX_CASES, seed }), share)
}

/** Case values and their weights: by basket, whether any target was hit; by line, the share of all targets hit. */
function compare(
  metrics: TrainingMetrics,
  name: string,
  learnedHits: Hits,
  methods: Record<string, Hits>,
  targets: "all" | "new",
  by: "basket" | "line",
  resampling: { resamples: number; seed: number },
): void {
  const sizes = targets === "all" ? learnedHits.targets : learnedHits.freshTargets
  const counted = new Int32Array(sizes.length).map((_, c) => c).filter((c) => sizes[c] > 0)
  if (counted.length === 0) return
  const size = Float64Array.from(counted, (c) => (by === "basket" ? 1 : sizes[c]))
  const valuesOf = (hits: Hits): Float64Array => {
    const list = targets === "all" ? hits.hits : hits.freshHits
    return Float64Array.from(counted, (c) => (by === "basket" ? Math.min(list[c], 1) : list[c]))
  }
  const learned = valuesOf(learnedHits)
  const rate = (values: Float64Array, times: Int32Array): number =>
    weightedMean(values, times) / weightedMean(size, times)
  put(
    metrics,
    name,
    bootstrap(counted.length, (times) => rate(learned, times), resampling),
  )
  metrics[`${name}_cases`] = counted.length
  for (const [method, hits] of Object.entries(methods)) {
    const other = valuesOf(hits)
    const own = (times: Int32Array): number => rate(other, times)
    // The choice that serves is a figure of its own in the admin, so its interval is told too.
    if (method === "active") put(metrics, `${name}_active`, bootstrap(counted.length, own, resampling))
    else metrics[`${name}_${method}`] = own(new Int32Array(counted.length).fill(1))
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
