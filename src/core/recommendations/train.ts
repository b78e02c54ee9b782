import { IdMap, stringAt, stringTable, withIndex, type Csr, type StringTable } from "../data"
import { associationRules } from "./association-rules"
import { boughtSameDay } from "./bought-same-day"
import { buyAgain } from "./buy-again"
import { chooseForYou } from "./choose"
import { entryCategoryPopularity, groupPopularity, type GroupPopularity } from "./entry-popularity"
import { fitForYou, fitTogether } from "./fit"
import { basketMatrix } from "./matrices"
import { componentsOf, measure } from "./measure"
import { productPrior, type ProductPrior } from "./product-prior"
import { fitSessionKnn } from "./session-index"
import { SESSION_KNN_DEFAULTS } from "./session-knn"
import { sessionsOf } from "./sessions"
import { similarProducts } from "./similar"
import { trending } from "./trending"
import { tuneSessionKnn } from "./tune-session-knn"
import {
  INTERACTION_KIND,
  type ModelChoice,
  type NamedPopularity,
  type ProductColumns,
  type RecommendationModel,
  type TrainingData,
  type TrainingMetrics,
  type TrainingOptions,
  type TrainingProgress,
  type TrainingResult,
  type TrainingStage,
} from "./types"
import { fitWords } from "./word-index"
import { viewedThenBought } from "./viewed-then-bought"

const DAY = 86_400_000

export const TRAINING_DEFAULTS = { holdout_days: 28, neighbours: 50, resamples: 400 }

/** Content neighbours kept; they only fill what co-purchases leave open. */
const SIMILAR_NEIGHBOURS = 24

/** Sales of the last months tell what a category's products sell. */
const PRIOR_DAYS = 180

/** New products kept in their order. */
const NEWEST = 500

const RULES = { most: 2_000 }
const SAME_DAY_NEIGHBOURS = 30
const ENTRY = { half_life_days: 30, prior: 50 }

/** With fewer visits chance would choose how they are read. */
const MIN_SESSIONS_TO_TUNE = 500
const TUNING_CASES = 300
const SESSIONS_TO_TUNE = 30_000

/**
 * Learns a store's recommendations, and measures them on the store itself:
 * 1. on the time before the last two windows, chooses what "for_you" is made of by the next orders of the window after;
 * 2. on the time before the last window, learns and is measured on the last one, which step 1 never saw, beside the choice that
 *    serves now (`options.active`), learned on the same time;
 * 3. learns from everything. That model is returned, with the figures of step 2.
 *
 * Shapes: see `TrainingData`; deterministic in data, `now`, `active` and `seed`.
 * Cost: a fit of every component on a sample, two or three of the chosen ones, one of everything else; each O(sum of squared
 * sizes of orders and of shoppers' histories). Memory: about 60 bytes an interaction and 12 a kept neighbour at the peak.
 */
export function trainRecommendations(
  data: TrainingData,
  options: TrainingOptions,
  onProgress: (progress: TrainingProgress) => void = () => {},
): TrainingResult {
  const { now, seed } = options
  const { window, neighbours } = checked(options)
  const resamples = options.resamples ?? TRAINING_DEFAULTS.resamples
  const report = (stage: TrainingStage, fraction: number): void => onProgress({ stage, fraction })

  report("split", 0)
  // A history that ended long ago (an import, a store that paused) is measured and weighed from its own end.
  const end = latestPurchase(data, now)
  const chosen = chooseForYou(
    data,
    { cut: end - 2 * window, until: end - window },
    { neighbours, seed },
    (fraction) => report("item_to_item", 0.3 * fraction),
  )
  report("evaluate", 0.3)
  const metrics = measure(
    data,
    { cut: end - window, until: end },
    chosen,
    { neighbours, seed, resamples, against: options.active },
    (fraction) => report("evaluate", 0.3 + 0.3 * fraction),
  )
  report("together", 0.6)
  const { shoppers, ...forYou } = fitForYou(data, {
    until: end,
    read_at: now,
    neighbours,
    choice: chosen,
    components: componentsOf(chosen),
    seed,
  })
  const { orders, ...together } = fitTogether(data, end, neighbours)
  report("sessions", 0.75)
  const visits = learnVisits(data, now, end)
  report("similar", 0.9)
  const words = fitWords(data.products)
  const similar = similarProducts(data.products, Math.min(SIMILAR_NEIGHBOURS, neighbours))
  const rest = learnRest(data, now, end, neighbours)
  report("done", 1)

  let interactions = 0
  for (let i = 0; i < data.interactions.length; i++) if (data.interactions.at[i] <= now) interactions++
  const counts = { orders, shoppers, interactions, products: data.products.length }
  const choice: ModelChoice = { ...chosen, session: visits.options }
  const model: RecommendationModel = {
    version: 2,
    trained_at: now,
    counts,
    choice,
    ids: data.products.ids,
    created_at: data.products.created_at,
    ...forYou,
    ...together,
    session: visits.index,
    ...similar,
    words,
    ...rest,
  }
  return { model, metrics: { ...metrics, ...visits.metrics, ...counts } }
}

/** Window in ms and neighbours. @throws RangeError that names the option. */
export function checked(options: Pick<TrainingOptions, "now" | "holdout_days" | "neighbours">): {
  window: number
  neighbours: number
} {
  const { now, holdout_days = TRAINING_DEFAULTS.holdout_days } = options
  const neighbours = options.neighbours ?? TRAINING_DEFAULTS.neighbours
  if (!Number.isFinite(now)) throw new RangeError(`training: now must be Unix milliseconds, got ${now}`)
  if (!(holdout_days > 0))
    throw new RangeError(`training: holdout_days must be above 0, got ${options.holdout_days}`)
  if (!(Number.isInteger(neighbours) && neighbours > 0)) {
    throw new RangeError(`training: neighbours must be a whole number above 0, got ${neighbours}`)
  }
  return { window: holdout_days * DAY, neighbours }
}

/** The moment of the last purchase up to `now`; `now` when there is none. */
export function latestPurchase(data: TrainingData, now: number): number {
  const { at, kind, length } = data.interactions
  let latest = -Infinity
  for (let i = 0; i < length; i++) {
    if (kind[i] === INTERACTION_KIND.buy && at[i] <= now && at[i] > latest) latest = at[i]
  }
  return latest === -Infinity ? now : latest
}

function learnVisits(
  data: TrainingData,
  now: number,
  end: number,
): { index: RecommendationModel["session"]; options: ModelChoice["session"]; metrics: TrainingMetrics } {
  // Views go on after the last order, so visits are read up to `now`, unless the whole history ended long ago.
  const sessions = sessionsOf(data.interactions, Math.max(now, end), data.products.length)
  const index = fitSessionKnn(sessions)
  if (sessions.length < MIN_SESSIONS_TO_TUNE) return { index, options: SESSION_KNN_DEFAULTS, metrics: {} }
  const { options, figures } = tuneSessionKnn(sessions, {
    sessions: SESSIONS_TO_TUNE,
    cases: TUNING_CASES,
    passes: 1,
  })
  return {
    index,
    options,
    metrics: { session_hr20: figures.hr20, session_mrr20: figures.mrr20, session_cases: figures.cases },
  }
}

/** What needs no choice: counts and lists of the other strategies. */
function learnRest(
  data: TrainingData,
  now: number,
  until: number,
  neighbours: number,
): Pick<
  RecommendationModel,
  | "same_day"
  | "days_of"
  | "viewed_then_bought"
  | "viewers_of"
  | "trending"
  | "buy_again"
  | "popular_by"
  | "association_rules"
  | "newest"
  | "categories"
  | "category_ids"
> {
  const { interactions, products } = data
  const day = boughtSameDay(interactions, products.length, until, Math.min(neighbours, SAME_DAY_NEIGHBOURS))
  const viewed = viewedThenBought(interactions, products.length, { until, neighbours })
  const { categories, category_ids, labels } = categoriesOf(products)
  const entry = { until, ...ENTRY }
  return {
    same_day: day.list,
    days_of: day.daysOf,
    viewed_then_bought: viewed.list,
    viewers_of: viewed.viewersOf,
    trending: trending(interactions, products.length, { until: Math.max(until, Math.min(now, until + DAY)) }),
    buy_again: buyAgain(interactions, products.length, { until }),
    popular_by: {
      country: named(
        groupPopularity(interactions, products.length, interactions.country, data.countries.length, entry),
        data.countries,
        data.countries,
      ),
      channel: named(
        groupPopularity(interactions, products.length, interactions.channel, data.channels.length, entry),
        data.channels,
        stringTable(Array.from({ length: data.channels.length }, () => "")),
      ),
      category: named(entryCategoryPopularity(interactions, categories, entry), category_ids, labels),
    },
    association_rules: associationRules(basketMatrix(interactions, products.length, until), RULES),
    newest: newest(
      products.created_at,
      productPrior(interactions, products.created_at, categories, { until, days: PRIOR_DAYS }),
      now,
    ),
    categories,
    category_ids,
  }
}

function named(list: GroupPopularity, names: StringTable, labels: StringTable): NamedPopularity {
  return { ...list, labels, names: names.slots.length > 0 ? names : withIndex(names) }
}

/**
 * New products, the likeliest to sell first: what their categories lead to expect, halving with every month of age, so that a
 * product without a sale enters the lists at its kind's place.
 */
function newest(createdAt: Float64Array, prior: ProductPrior, now: number): Int32Array {
  const worth = new Float64Array(createdAt.length)
  for (let row = 0; row < worth.length; row++) {
    const months = Math.max(now - createdAt[row], 0) / (30 * DAY)
    // Older than the smallest number can tell: by age alone.
    worth[row] = Math.log(prior.expected[row] + 1e-6) - months * Math.LN2
  }
  const rows = new Int32Array(createdAt.length).map((_, row) => row)
  return rows.sort((a, b) => worth[b] - worth[a] || createdAt[b] - createdAt[a] || a - b).slice(0, NEWEST)
}

function categoriesOf({ category_ids: table, category_names }: ProductColumns): {
  categories: Csr
  category_ids: StringTable
  labels: StringTable
} {
  const labels: string[] = []
  const map = new IdMap()
  const columns: number[] = []
  const offsets = new Int32Array(table.length + 1)
  for (let row = 0; row < table.length; row++) {
    const names = stringAt(category_names, row).split("\n")
    stringAt(table, row)
      .split("\n")
      .forEach((id, i) => {
        if (id === "") return
        const column = map.add(id)
        columns.push(column)
        labels[column] ??= names[i] ?? ""
      })
    offsets[row + 1] = columns.length
  }
  return {
    categories: {
      rows: table.length,
      columnCount: map.size,
      offsets,
      columns: Int32Array.from(columns),
      weights: new Float32Array(columns.length).fill(1),
    },
    category_ids: withIndex(stringTable(map.ids())),
    labels: stringTable(labels),
  }
}
