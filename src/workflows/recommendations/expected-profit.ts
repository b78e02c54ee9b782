import { marginOf, type ProductFactsById, type ShelfProduct } from "../../core/recommendations"
import type { ExpectedProfit } from "../../types/http/placements"

/** Before a shelf was seen: one view in a hundred leads to an order, with the weight of five hundred views. */
const PRIOR_RATE = 0.01
const PRIOR_VIEWS = 500

interface Shelves {
  /** As the settings stand, with the margin dial at 0, and with it at 1; each explained. */
  present: readonly ShelfProduct[]
  taste: readonly ShelfProduct[]
  margin: readonly ShelfProduct[]
}

/**
 * What 1,000 views are expected to earn. A view leads to an order at the placement's own rate, shrunk towards 1 %; the order is
 * of one shown product, the likelier the higher its score by taste (without the dials). Another setting of the dial shows
 * products of another taste, and its rate rises or falls with their sum: so showing dear products that nobody wants does not
 * look like profit. A product without a known cost earns the average of the present shelf. null where no cost is known.
 */
export function expectedProfit(
  shelves: Shelves,
  facts: ProductFactsById,
  currencies: readonly string[],
  seen: { orders: number; views: number },
): ExpectedProfit | null {
  const money = (product_id: string) => {
    const known = facts.get(product_id)
    return known ? (marginOf(known, currencies)?.money ?? null) : null
  }
  const currency_code = shelves.present
    .map(({ product_id }) => money(product_id))
    .find(Boolean)?.currency_code
  if (!currency_code) return null
  const margin = (product_id: string) => {
    const earned = money(product_id)
    return earned?.currency_code === currency_code ? earned.amount : null
  }
  const whole = sumOf(shelves.present)
  const known = shelves.present.filter(({ product_id }) => margin(product_id) !== null)
  const knownTaste = sumOf(known)
  const average =
    known.reduce((sum, one) => sum + tasteOf(one, known) * margin(one.product_id)!, 0) / knownTaste
  const rate = (seen.orders + PRIOR_RATE * PRIOR_VIEWS) / (seen.views + PRIOR_VIEWS)
  const earned = (shelf: readonly ShelfProduct[]) => {
    const sum = shelf.reduce((all, one) => all + tasteOf(one, shelf) * (margin(one.product_id) ?? average), 0)
    return (1000 * rate * sum) / whole
  }
  return {
    currency_code,
    per_thousand_views: earned(shelves.present),
    at_taste: earned(shelves.taste),
    at_margin: earned(shelves.margin),
    rate,
    views: seen.views,
    known_costs: known.length,
  }
}

/** A product's score before factors; where the whole shelf has none (new arrivals), all are alike. */
function tasteOf({ score, explanation }: ShelfProduct, shelf: readonly ShelfProduct[]): number {
  const taste = explanation?.parts.length
    ? explanation.parts.reduce((sum, { contribution }) => sum + contribution, 0)
    : score
  return taste > 0 ? taste : shelf.some((one) => one.score > 0) ? 0 : 1
}

function sumOf(shelf: readonly ShelfProduct[]): number {
  return shelf.reduce((sum, one) => sum + tasteOf(one, shelf), 0)
}
