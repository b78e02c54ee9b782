import { OrderFileError } from "./errors"

/** What a line of an order history may carry. */
export const ORDER_FIELDS = [
  "order",
  "date",
  "sku",
  "quantity",
  "unit_price",
  "line_total",
  "title",
  "customer",
  "email",
  "currency",
  "country",
  "status",
  "cancelled_at",
] as const
export type OrderField = (typeof ORDER_FIELDS)[number]

/** Names of the file's headers by field, as a merchant states them. */
export type ColumnMapping = Partial<Record<OrderField, string>>

export interface Columns {
  /** The export these headers belong to; it is the default name of the source. */
  format: string
  /** Position of each field in a row, -1 when the file has no such column. */
  index: Record<OrderField, number>
  /** Number of columns of the header. */
  width: number
}

interface Preset {
  format: string
  /** Normalised headers that together tell this export from all others. */
  signs: string[]
  /** Normalised headers by field, best first. */
  fields: Partial<Record<OrderField, string[]>>
}

const PRESETS: Preset[] = [
  {
    format: "shopify",
    signs: ["lineitemquantity", "lineitemprice"],
    fields: {
      order: ["name", "id"],
      date: ["createdat", "paidat"],
      sku: ["lineitemsku"],
      quantity: ["lineitemquantity"],
      unit_price: ["lineitemprice"],
      title: ["lineitemname"],
      customer: ["customerid"],
      email: ["email"],
      currency: ["currency"],
      country: ["shippingcountry", "billingcountry"],
      status: ["financialstatus"],
      cancelled_at: ["cancelledat"],
    },
  },
  {
    format: "woocommerce",
    signs: ["orderstatus", "emailbilling"],
    fields: {
      order: ["ordernumber", "orderid"],
      date: ["orderdate", "completeddate"],
      sku: ["sku", "itemsku", "productsku"],
      quantity: ["quantity", "itemquantity"],
      unit_price: ["itemcost", "itemprice", "productprice"],
      line_total: ["orderlinetotal", "orderlinesubtotal", "itemtotal"],
      title: ["itemname", "productname"],
      customer: ["customeruserid", "userid", "customerid"],
      email: ["emailbilling"],
      currency: ["ordercurrency", "currency"],
      country: ["countrycodeshipping", "countrycodebilling", "countryshipping", "countrybilling"],
      status: ["orderstatus"],
    },
  },
  {
    format: "magento",
    signs: ["incrementid", "qtyordered"],
    fields: {
      order: ["incrementid"],
      date: ["createdat", "purchasedate"],
      sku: ["sku", "productsku", "itemsku"],
      quantity: ["qtyordered"],
      unit_price: ["price", "itemprice", "baseprice"],
      line_total: ["rowtotal"],
      title: ["itemname", "productname", "name"],
      customer: ["customerid"],
      email: ["customeremail"],
      currency: ["ordercurrencycode", "basecurrencycode"],
      country: ["shippingcountryid", "countryid", "billingcountryid"],
      status: ["status", "state"],
    },
  },
]

/** Headers of any other table of order lines: Medusa's own words, the UCI set, and what shops commonly write. */
const COMMON: Preset = {
  format: "csv",
  signs: [],
  fields: {
    order: [
      "orderid",
      "invoiceno",
      "invoice",
      "invoicenumber",
      "invoiceid",
      "ordernumber",
      "orderno",
      "order",
    ].concat(["incrementid", "displayid", "transactionid", "bestellnummer", "订单号"]),
    date: [
      "date",
      "invoicedate",
      "orderdate",
      "createdat",
      "orderedat",
      "placedat",
      "purchasedate",
      "datetime",
    ].concat(["timestamp", "bestelldatum", "下单时间"]),
    sku: [
      "sku",
      "stockcode",
      "variantsku",
      "productsku",
      "itemsku",
      "productid",
      "itemid",
      "productcode",
    ].concat(["itemcode", "articlenumber", "artikelnummer", "商品编码"]),
    quantity: ["quantity", "qty", "qtyordered", "itemquantity", "units", "menge", "数量"],
    unit_price: ["unitprice", "price", "itemprice", "priceperunit", "itemcost", "einzelpreis", "单价"],
    line_total: ["linetotal", "rowtotal", "itemtotal", "amount", "total"],
    title: ["title", "description", "productname", "producttitle", "itemname", "product", "name"].concat([
      "bezeichnung",
      "商品名称",
    ]),
    customer: ["customer", "customerid", "customernumber", "customerno", "customerref", "userid", "clientid"],
    email: ["email", "customeremail", "emailaddress", "contactemail", "buyeremail"],
    currency: ["currency", "currencycode", "ordercurrency"],
    country: ["country", "countrycode", "shippingcountry", "shippingcountrycode", "countryid", "land"],
    status: ["orderstatus"],
    cancelled_at: ["cancelledat", "canceledat"],
  },
}

const REQUIRED = ["order", "date", "sku", "quantity"] as const

/** "Lineitem SKU", "line_item-sku" and "LINEITEMSKU" are one name. */
export function normaliseHeader(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
}

/**
 * Finds each field's column. A field the merchant maps is taken from there and nowhere else; the others by the
 * first known header of the export. Throws when a column that every line needs is not there.
 */
export function mapColumns(header: string[], mapping: ColumnMapping = {}): Columns {
  const normal = header.map(normaliseHeader)
  const preset = PRESETS.find((candidate) => candidate.signs.every((sign) => normal.includes(sign))) ?? COMMON
  const index = {} as Record<OrderField, number>
  const unknown: string[] = []
  for (const field of ORDER_FIELDS) {
    const wanted = mapping[field]
    if (wanted !== undefined) {
      index[field] = position(header, normal, wanted)
      if (index[field] < 0) {
        unknown.push(`${field} = "${wanted}"`)
      }
      continue
    }
    const names = preset.fields[field] ?? []
    const known = names.find((name) => normal.includes(name))
    index[field] = known === undefined ? -1 : normal.indexOf(known)
  }
  const found = `The file has: ${header.map((name) => `"${name}"`).join(", ")}.`
  if (unknown.length > 0) {
    throw new OrderFileError("unknown_columns", `No such column: ${unknown.join(", ")}. ${found}`)
  }
  const missing: string[] = REQUIRED.filter((field) => index[field] < 0)
  if (index.unit_price < 0 && index.line_total < 0) {
    missing.push("unit_price (or line_total)")
  }
  if (missing.length > 0) {
    throw new OrderFileError(
      "missing_columns",
      `No column found for ${missing.join(", ")}. ${found} Map them, e.g. ${missing[0].split(" ")[0]}=NAME.`,
    )
  }
  return { format: preset.format, index, width: header.length }
}

function position(header: string[], normal: string[], wanted: string): number {
  const exact = header.findIndex((name) => name.trim() === wanted.trim())
  return exact >= 0 ? exact : normal.indexOf(normaliseHeader(wanted))
}
