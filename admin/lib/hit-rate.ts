import type { ModelSummary } from "../../src/types/http"

export interface HitRate {
  /** Share of held-out baskets of which a product was among the ten recommended; with its 95 % interval. */
  learned: number
  low: number
  high: number
  /** The same for showing everyone the best sellers. */
  popularity: number | null
  /** `learned` over `popularity`, with its 95 % interval. */
  ratio: { value: number; low: number; high: number } | null
}

/** Null while no purchase was left to measure with. */
export function hitRateOf(metrics: ModelSummary["metrics"]): HitRate | null {
  const learned = metrics.hr10
  if (learned === undefined) {
    return null
  }
  const popularity = metrics.hr10_popularity ?? null
  const value = metrics.hr10_over_popularity ?? (popularity ? learned / popularity : undefined)
  return {
    learned,
    low: metrics.hr10_low ?? learned,
    high: metrics.hr10_high ?? learned,
    popularity,
    ratio:
      value === undefined
        ? null
        : {
            value,
            low: metrics.hr10_over_popularity_low ?? value,
            high: metrics.hr10_over_popularity_high ?? value,
          },
  }
}
