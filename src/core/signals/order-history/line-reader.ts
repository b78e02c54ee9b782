import type { Columns, OrderField } from "./columns"
import { countryCode } from "./countries"
import { parseDate, type DateOrder } from "./dates"
import type { SkipReason } from "./errors"
import { parseNumber, type DecimalSign } from "./numbers"
import type { ServiceLines } from "./service-lines"
import type { TimeZone } from "./time-zone"

/** What pass one found out about the whole file, or the merchant stated. */
export interface FileReading {
  zone: TimeZone
  dateOrder: DateOrder
  decimal: DecimalSign
  /** An order number that begins with C and a digit is a cancellation. */
  cancellationPrefix: boolean
  /** For lines without a currency of their own, lower case. */
  currency: string
  services: ServiceLines
  /** Unix milliseconds; a later date is a mistake. */
  now: number
}

/** One line understood. The reader fills the same object for every line: copy what you keep. */
export interface OrderLine {
  kind: "purchase" | "return"
  order: string
  sku: string
  title: string
  occurred_at: number
  /** Always above 0. */
  quantity: number
  /** Major units, 0 or more. */
  unit_price: number
  /** Lower case, as Medusa keeps it. */
  currency_code: string
  country_code: string | null
  /** The shop's own number of the customer, "" if none. */
  customer: string
  /** Lower case, "" if none. */
  email: string
}

/** Days are the same all over one file: 1990 is before any web shop, one day is for zones ahead of ours. */
const FIRST_MOMENT = Date.UTC(1990, 0, 1)
const ONE_DAY = 86_400_000
const NOTHING = new Set(["", "na", "n/a", "nan", "null", "none", "-", "#n/a"])
const UNDONE = new Set(["cancelled", "canceled", "failed", "voided", "refunded", "trash", "closed"])

/**
 * Turns the fields of a row into an `OrderLine`, or says why it is none. Exports that write an order's date,
 * customer or currency on its first row only (Shopify) are read by carrying these to the rows that follow.
 */
export class LineReader {
  readonly line: OrderLine = {
    kind: "purchase",
    order: "",
    sku: "",
    title: "",
    occurred_at: 0,
    quantity: 0,
    unit_price: 0,
    currency_code: "",
    country_code: null,
    customer: "",
    email: "",
  }
  /** What exactly was wrong with the line skipped last: the value found, never a person's. */
  detail = ""

  private readonly carried: Partial<Record<OrderField, string>> = {}
  private readonly currencies: ReadonlySet<string>
  /** The last country looked up: lines of one order share it. */
  private country = ""
  private countryCode: string | null = null

  constructor(
    private readonly columns: Columns,
    private readonly file: FileReading,
  ) {
    this.currencies = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()))
  }

  /** null: `line` holds the row. */
  read(row: string[]): SkipReason | null {
    const { line, file } = this
    this.detail = ""
    const order = this.field(row, "order")
    if (order !== line.order) {
      line.order = order
      for (const field of CARRIED) {
        this.carried[field] = ""
      }
    }
    const date = this.carry(row, "date")
    const currency = this.carry(row, "currency")
    const country = this.carry(row, "country")
    const status = this.carry(row, "status").toLowerCase().replace(/^wc-/, "")
    const cancelled = this.carry(row, "cancelled_at")
    line.customer = this.carry(row, "customer")
    line.email = asEmail(this.carry(row, "email")) || asEmail(line.customer)
    if (line.customer.includes("@")) {
      line.customer = ""
    }
    line.sku = this.field(row, "sku")
    line.title = this.field(row, "title")
    if (order === "") {
      return "missing_order"
    }
    if (UNDONE.has(status) || cancelled !== "") {
      return this.skip("cancelled_order", status)
    }
    if (file.services.has(line.sku === "" ? line.title : line.sku)) {
      return this.skip("service_line", line.sku)
    }
    if (line.sku === "") {
      return "missing_sku"
    }
    line.occurred_at = parseDate(date, file.zone, file.dateOrder)
    if (!(line.occurred_at >= FIRST_MOMENT) || line.occurred_at > file.now + ONE_DAY) {
      return this.skip("bad_date", date)
    }
    return this.readAmounts(row, currency, country)
  }

  private readAmounts(row: string[], currency: string, country: string): SkipReason | null {
    const { line, file } = this
    const quantityText = this.field(row, "quantity")
    const quantity = parseNumber(quantityText, file.decimal)
    if (!Number.isFinite(quantity) || quantity === 0 || Math.abs(quantity) > 1e9) {
      return this.skip("bad_quantity", quantityText)
    }
    const cancellation = file.cancellationPrefix && isCancellation(line.order)
    const priceText = this.field(row, this.columns.index.unit_price >= 0 ? "unit_price" : "line_total")
    let price = parseNumber(priceText, file.decimal)
    if (this.columns.index.unit_price < 0) {
      price = Math.round((Math.abs(price) / Math.abs(quantity)) * 1e6) / 1e6
    }
    if (!Number.isFinite(price) || price < 0 || price > 1e12) {
      return this.skip("bad_price", priceText)
    }
    if (price === 0 && !cancellation && this.isNobodys()) {
      if (quantity < 0) {
        return this.skip("stock_adjustment", quantityText)
      }
      if (line.title === "") {
        return "no_title_no_price"
      }
      return this.skip("stock_adjustment", quantityText)
    }
    line.currency_code = currency === "" ? file.currency : currency.toLowerCase()
    if (!this.currencies.has(line.currency_code)) {
      return this.skip("unknown_currency", currency)
    }
    line.kind = quantity < 0 || cancellation ? "return" : "purchase"
    line.quantity = Math.abs(quantity)
    line.unit_price = price
    if (country !== this.country) {
      this.country = country
      this.countryCode = country === "" ? null : countryCode(country)
    }
    line.country_code = this.countryCode
    return null
  }

  /** No customer on a file that names customers: somebody counted the shelf. */
  private isNobodys(): boolean {
    const { customer, email } = this.columns.index
    return (customer >= 0 || email >= 0) && this.line.customer === "" && this.line.email === ""
  }

  private field(row: string[], field: OrderField): string {
    const at = this.columns.index[field]
    const value = at < 0 ? undefined : row[at]
    if (value === undefined || value === "") {
      return ""
    }
    const trimmed = value.trim()
    return trimmed.length <= 4 && NOTHING.has(trimmed.toLowerCase()) ? "" : trimmed
  }

  private carry(row: string[], field: (typeof CARRIED)[number]): string {
    const value = this.field(row, field)
    if (value === "") {
      return this.carried[field] ?? ""
    }
    this.carried[field] = value
    return value
  }

  private skip(reason: SkipReason, value: string): SkipReason {
    this.detail = value.slice(0, 60)
    return reason
  }
}

const CARRIED = ["date", "currency", "country", "status", "cancelled_at", "customer", "email"] as const

export const isCancellation = (order: string): boolean => /^c\d/i.test(order)

function asEmail(text: string): string {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 254 ? text.toLowerCase() : ""
}
