import type { ProductFacts } from "../../core/recommendations"

/** A place in the changes of the catalogue, as the database writes its times (microseconds and all). */
export type FactsPosition = string

/** The shop's currencies and countries: few rows, asked for by almost every shelf. */
export interface ShopFacts {
  regions: ReadonlyMap<string, { currency_code: string; countries: readonly string[] }>
  /** The store's default currency, then its others. */
  currencies: readonly string[]
}

/** What this process knows of the products; filled by `serving-facts`. About 0.5 kB a product. */
export class Facts {
  /** Exchanged product by product, so that a reader never sees an empty catalogue. */
  readonly byId = new Map<string, ProductFacts>()
  shop: ShopFacts | null = null
  /** Up to which change the facts hold; null before the first full read. */
  position: FactsPosition | null = null
  read_at = -Infinity
  full_at = -Infinity
  loading: Promise<void> | null = null
  /** Why they could not be read the last time; null when they could. */
  fault: string | null = null
}
