import { TopK } from "../../core/data"
import type { ProductFacts } from "../../core/recommendations"

/** As many as a shelf may have to look at before it finds some that can be sold. */
const NEWEST = 500
/** Changes are read every half minute while somebody asks. */
const CURRENT_FOR_MS = 120_000

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
  /** Ids of the latest products, newest first: what a model does not know yet. */
  newest: readonly string[] = []
  shop: ShopFacts | null = null
  /** Up to which change the facts hold; null before the first full read. */
  position: FactsPosition | null = null
  /** When products, all of them, and the shop were last asked for (Unix milliseconds). */
  read_at = -Infinity
  full_at = -Infinity
  shop_at = -Infinity
  /** When an answer last depended on products: what nobody reads is not kept up to date. */
  wanted_at = -Infinity
  /** When the products were last brought up to date. */
  current_at = -Infinity
  /** Milliseconds from one full read to the next, drawn anew each time, so that processes do not read all at once. */
  full_every = 0
  loading: Promise<void> | null = null
  /** Why they could not be read the last time; null when they could. */
  fault: string | null = null

  /** Whether what is known of products can be told as the present state. */
  isCurrent(now: number): boolean {
    return this.position !== null && now - this.current_at < CURRENT_FOR_MS
  }

  /** Call after `byId` has changed. Cost: one pass, about 5 ms for 100,000 products. */
  sortNewest(): void {
    const ids = [...this.byId.keys()]
    const latest = new TopK(Math.min(NEWEST, ids.length))
    let place = 0
    for (const { created_at } of this.byId.values()) latest.offer(place++, created_at)
    const places = new Int32Array(latest.size)
    latest.drain(places, new Float64Array(latest.size))
    this.newest = Array.from(places, (at) => ids[at])
  }
}
