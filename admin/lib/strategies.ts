import type { PlacementContext, Strategy } from "../../src/types/http"

/** What a strategy has to be told to name any product. */
type Need = "nothing" | "products" | "words" | "past"

const NEEDS: Record<Strategy, Need> = {
  for_you: "past",
  session: "past",
  because_you_viewed: "past",
  recently_viewed: "past",
  buy_again: "past",
  bought_together: "products",
  bought_same_day: "products",
  viewed_then_bought: "products",
  also_chosen: "products",
  similar: "products",
  query_match: "words",
  best_sellers: "nothing",
  popular_here: "nothing",
  trending: "nothing",
  new_arrivals: "nothing",
}

/** Whether a shelf of this context can give the strategy what it needs. A shopper's past may be there on any page. */
export function fits(strategy: Strategy, context: PlacementContext): boolean {
  switch (NEEDS[strategy]) {
    case "products":
      return context === "product" || context === "cart" || context === "products"
    case "words":
      return context === "search"
    case "past":
    case "nothing":
      return true
  }
}

/** The dashboard's own hues; a shelf rarely mixes more. */
const HUES = [
  "var(--tag-blue-icon)",
  "var(--tag-green-icon)",
  "var(--tag-orange-icon)",
  "var(--tag-purple-icon)",
  "var(--tag-red-icon)",
]

/** A strategy keeps its colour wherever the same mix is drawn. */
export function colourOf(strategy: Strategy, mix: readonly Strategy[]): string {
  const at = mix.indexOf(strategy)
  return at === -1 ? "var(--tag-neutral-icon)" : HUES[at % HUES.length]
}

/** Weights as shares of one; all 0 when nothing weighs anything. */
export function sharesOf(strategies: readonly { weight: number }[]): number[] {
  const total = strategies.reduce((sum, { weight }) => sum + weight, 0)
  return strategies.map(({ weight }) => (total > 0 ? weight / total : 0))
}
