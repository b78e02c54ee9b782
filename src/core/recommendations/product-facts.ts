/** An amount in major units, as Medusa has them, with its currency in lower case. */
export interface Amount {
  amount: number
  currency_code: string
}

/**
 * What the shop knows about a product besides who bought it: what filters, rules and the dials read. Kept beside the model and
 * brought up to date between trainings.
 */
export interface ProductFacts {
  id: string
  title: string
  /** Ids; categories with their ancestors. */
  categories: readonly string[]
  tags: readonly string[]
  collection: string | null
  type: string | null
  /** Unix milliseconds. */
  created_at: number
  /** Lowest price of its variants in each currency, without price lists. */
  prices: readonly Amount[]
  /** The cost of that variant, where the shop has told it. */
  costs: readonly Amount[]
  /** Units that can be sold; null: not kept in stock, or sold on back-order. */
  stock: number | null
}

/** Facts by product id; a product that is not there has none, and no condition about it holds. */
export type ProductFactsById = ReadonlyMap<string, ProductFacts>

/** What is left of a price when the cost is paid, in the first of these currencies in which both are known; else null. */
export function marginOf(
  facts: ProductFacts,
  currencies: readonly string[],
): { share: number; money: Amount } | null {
  for (const currency_code of currencies) {
    const price = amountIn(facts.prices, currency_code)
    const cost = amountIn(facts.costs, currency_code)
    if (price === null || cost === null || price <= 0) continue
    return { share: (price - cost) / price, money: { amount: price - cost, currency_code } }
  }
  return null
}

export function amountIn(amounts: readonly Amount[], currency_code: string): number | null {
  for (const entry of amounts) if (entry.currency_code === currency_code) return entry.amount
  return null
}
