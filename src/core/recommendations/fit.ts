import { IdMap, stringAt } from "../data"
import { fitAls } from "./als"
import { fitAttributes, type AttributeIndex } from "./attribute-likeness"
import { boughtTogether } from "./bought-together"
import { fitEase } from "./ease"
import type { ForYouModel } from "./for-you"
import { itemToItem } from "./item-to-item"
import { basketMatrix, shopperMatrix } from "./matrices"
import { fitNextItem } from "./next-item"
import { popularity } from "./popularity"
import { repeatRates } from "./repeat"
import { fitRp3beta } from "./rp3beta"
import { sessionsOf } from "./sessions"
import type {
  Component,
  ForYouChoice,
  Neighbours,
  ProductColumns,
  RecommendationModel,
  TrainingData,
} from "./types"

/** Chosen on the windows before the held-out one of public order histories (bench/recommendations). */
const ITEM_TO_ITEM = { shrink: 2, asymmetry: 0.7 }
const RP3BETA = { alpha: 0.8, beta: 0.4 }
const POPULAR = { half_life_days: 14, days: 28 }
const REPEAT_HALF_LIFE_DAYS = 30

/**
 * What "fits" means for the closed form, whose time grows with the cube of its products: a catalogue of up to 4,000 whole (three
 * seconds and 128 MB), of a larger one the 2,000 products of most shoppers; the rest is left to the lists.
 */
const EASE = { lambda: 100, fits: 4_000, head: 2_000 }

/** Kept of each row, those that speak against a product too: fewer cost more of what the closed form knows (bench/recommendations/movielens). */
const EASE_NEIGHBOURS = 200

/**
 * Penalty and confidence chosen on five splits of a public rating set (bench/recommendations/movielens); size and passes by
 * what a million events may take: a second or two.
 */
const ALS = { factors: 32, regularisation: 25, alpha: 4, epochs: 5, cg_steps: 3 }

export interface ForYouFit extends ForYouModel, Pick<RecommendationModel, "shoppers_of"> {
  shoppers: number
}

export interface FitOptions {
  /** Unix ms: later interactions are not seen. */
  until: number
  /** Unix ms: the day on which "the last so many days" is read; at least `until`. */
  read_at?: number
  neighbours: number
  choice: Pick<ForYouChoice, "half_life_days" | "next_item">
  /** Those to learn; "item_to_item", "popular" and "repeat" always are. */
  components: ReadonlySet<Component>
  seed: number
}

/** Learns what "for_you" reads. Cost: see each component; the lists are linear in the data. */
export function fitForYou(data: TrainingData, options: FitOptions): ForYouFit {
  const { until, neighbours, components, choice, seed } = options
  const { interactions, products } = data
  const matrix = shopperMatrix(interactions, products.length, until, choice.half_life_days)
  const {
    itemToItem: item_to_item,
    shoppersOf,
    shoppers,
  } = itemToItem(matrix, { ...ITEM_TO_ITEM, neighbours })
  const popular = popularity(interactions, products.created_at, {
    until,
    read_at: options.read_at,
    ...POPULAR,
  })
  const repeat = repeatRates(interactions, products.length, { until, half_life_days: REPEAT_HALF_LIFE_DAYS })
  const none = noNeighbours(products.length)
  return {
    item_to_item,
    shoppers_of: shoppersOf,
    shoppers,
    rp3beta: components.has("rp3beta") ? fitRp3beta(matrix, { ...RP3BETA, neighbours }) : none,
    ease: components.has("ease")
      ? fitEase(matrix, {
          lambda: EASE.lambda,
          head: products.length <= EASE.fits ? EASE.fits : EASE.head,
          neighbours: EASE_NEIGHBOURS,
          signed: true,
        })
      : none,
    next_item: components.has("next_item")
      ? fitNextItem(sessionsOf(interactions, until, products.length, Infinity), until, {
          ...choice.next_item.options,
          neighbours,
        })
      : none,
    attributes: attributesOf(products),
    als: components.has("als") && matrix.columns.length > 0 ? fitAls(matrix, { ...ALS, seed }) : null,
    popular,
    repeat,
    season: seasonOf(popular.buyers, repeat, shoppers),
  }
}

/** Categories (those above them too) and tags of each product. */
export function attributesOf(products: ProductColumns): AttributeIndex {
  const names = new IdMap()
  const columns: number[] = []
  const offsets = new Int32Array(products.length + 1)
  for (let row = 0; row < products.length; row++) {
    for (const table of [products.category_ids, products.tags]) {
      for (const name of stringAt(table, row).split("\n")) if (name !== "") columns.push(names.add(name))
    }
    offsets[row + 1] = columns.length
  }
  return fitAttributes({
    rows: products.length,
    columnCount: names.size,
    offsets,
    columns: Int32Array.from(columns),
    weights: new Float32Array(columns.length).fill(1),
  })
}

/** Exponents chosen on five windows before the test's of a year of real orders; the small numbers keep what did not sell above 0. */
function seasonOf(buyers: Int32Array, repeat: Float32Array, shoppers: number): Float32Array {
  return Float32Array.from(buyers, (count, row) => {
    const share = count / Math.max(shoppers, 1) + 1e-4
    return Math.exp(0.25 * Math.log(share) + 0.1 * Math.log(repeat[row] + 0.02))
  })
}

export function fitTogether(
  data: TrainingData,
  until: number,
  neighbours: number,
): Pick<RecommendationModel, "together" | "orders_of"> & { orders: number } {
  const { together, ordersOf, orders } = boughtTogether(
    basketMatrix(data.interactions, data.products.length, until),
    neighbours,
  )
  return { together, orders_of: ordersOf, orders }
}

export function noNeighbours(products: number): Neighbours {
  const none = new Int32Array(0)
  return { offsets: new Int32Array(products + 1), product: none, score: new Float32Array(0), count: none }
}
