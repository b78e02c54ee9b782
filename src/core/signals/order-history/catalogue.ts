import type { OrderLine } from "./line-reader"

export interface SkuFacts {
  title: string
  /** The median of the last prices paid, by currency. */
  prices: Map<string, RecentPrices>
}

export interface CustomerFacts {
  /** The shop's own number, "" if it has none. */
  reference: string
  email: string
  country_code: string | null
}

/** What the file says about products and customers, once all its lines were seen. */
export class Catalogue {
  readonly skus = new Map<string, SkuFacts>()
  readonly customers = new Map<string, CustomerFacts>()

  see(line: OrderLine): void {
    let sku = this.skus.get(line.sku)
    if (sku === undefined) {
      sku = { title: "", prices: new Map() }
      this.skus.set(line.sku, sku)
    }
    const sold = line.kind === "purchase" && line.unit_price > 0
    // Lines without a price often carry a note ("damaged", "check?") where the title stands.
    if (line.title !== "" && (sold || sku.title === "")) {
      sku.title = line.title
    }
    if (sold) {
      let prices = sku.prices.get(line.currency_code)
      if (prices === undefined) {
        prices = new RecentPrices()
        sku.prices.set(line.currency_code, prices)
      }
      prices.add(line.unit_price)
    }
    const key = customerKey(line)
    if (key !== null) {
      const customer = this.customers.get(key)
      if (customer === undefined) {
        this.customers.set(key, {
          reference: line.customer,
          email: line.email,
          country_code: line.country_code,
        })
      } else {
        customer.email = line.email || customer.email
        customer.country_code = line.country_code ?? customer.country_code
      }
    }
  }
}

/** The shop's number of a customer if there is one, else the e-mail; null for nobody. Prefixed, so that the two never meet. */
export function customerKey(line: Pick<OrderLine, "customer" | "email">): string | null {
  if (line.customer !== "") {
    return `number:${line.customer}`
  }
  return line.email === "" ? null : `email:${line.email}`
}

const KEPT = 15

/** The last 15 prices of one product: enough for a median that one odd sale does not move. */
export class RecentPrices {
  private readonly last: number[] = []
  private at = 0

  add(price: number): void {
    this.last[this.at] = price
    this.at = (this.at + 1) % KEPT
  }

  get median(): number {
    const sorted = [...this.last].sort((a, b) => a - b)
    return sorted[(sorted.length - 1) >> 1]
  }
}
