/** What a line of an order history may carry, as the importer calls it. */
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

/** Names of the file's columns by field. */
export type ColumnMapping = Partial<Record<OrderField, string>>

/** A row is of no use without these; a price may come as the price of one or of the whole line. */
export const REQUIRED_FIELDS: OrderField[] = ["order", "date", "sku", "quantity"]

interface Export {
  /** Headers that together tell this export from all others. */
  signs: string[]
  /** Headers by field, best first, as `normalise` writes them. */
  fields: Partial<Record<OrderField, string>>
}

/** What the importer takes by itself, so that the merchant sees it before the upload; a spec holds the two alike. */
const EXPORTS: Export[] = [
  {
    signs: ["lineitemquantity", "lineitemprice"],
    fields: {
      order: "name id",
      date: "createdat paidat",
      sku: "lineitemsku",
      quantity: "lineitemquantity",
      unit_price: "lineitemprice",
      title: "lineitemname",
      customer: "customerid",
      email: "email",
      currency: "currency",
      country: "shippingcountry billingcountry",
      status: "financialstatus",
      cancelled_at: "cancelledat",
    },
  },
  {
    signs: ["orderstatus", "emailbilling"],
    fields: {
      order: "ordernumber orderid",
      date: "orderdate completeddate",
      sku: "sku itemsku productsku",
      quantity: "quantity itemquantity",
      unit_price: "itemcost itemprice productprice",
      line_total: "orderlinetotal orderlinesubtotal itemtotal",
      title: "itemname productname",
      customer: "customeruserid userid customerid",
      email: "emailbilling",
      currency: "ordercurrency currency",
      country: "countrycodeshipping countrycodebilling countryshipping countrybilling",
      status: "orderstatus",
    },
  },
  {
    signs: ["incrementid", "qtyordered"],
    fields: {
      order: "incrementid",
      date: "createdat purchasedate",
      sku: "sku productsku itemsku",
      quantity: "qtyordered",
      unit_price: "price itemprice baseprice",
      line_total: "rowtotal",
      title: "itemname productname name",
      customer: "customerid",
      email: "customeremail",
      currency: "ordercurrencycode basecurrencycode",
      country: "shippingcountryid countryid billingcountryid",
      status: "status state",
    },
  },
  {
    signs: [],
    fields: {
      order:
        "orderid invoiceno invoice invoicenumber invoiceid ordernumber orderno order incrementid displayid " +
        "transactionid bestellnummer 订单号",
      date:
        "date invoicedate orderdate createdat orderedat placedat purchasedate datetime timestamp bestelldatum " +
        "下单时间",
      sku:
        "sku stockcode variantsku productsku itemsku productid itemid productcode itemcode articlenumber " +
        "artikelnummer 商品编码",
      quantity: "quantity qty qtyordered itemquantity units menge 数量",
      unit_price: "unitprice price itemprice priceperunit itemcost einzelpreis 单价",
      line_total: "linetotal rowtotal itemtotal amount total",
      title: "title description productname producttitle itemname product name bezeichnung 商品名称",
      customer: "customer customerid customernumber customerno customerref userid clientid",
      email: "email customeremail emailaddress contactemail buyeremail",
      currency: "currency currencycode ordercurrency",
      country: "country countrycode shippingcountry shippingcountrycode countryid land",
      status: "orderstatus",
      cancelled_at: "cancelledat canceledat",
    },
  },
]

/** The columns that the importer would take by itself. */
export function recogniseColumns(header: string[]): ColumnMapping {
  const names = header.map(normalise)
  const fields = EXPORTS.find(({ signs }) => signs.every((sign) => names.includes(sign)))?.fields ?? {}
  const found: ColumnMapping = {}
  for (const field of ORDER_FIELDS) {
    const known = fields[field]?.split(" ").find((name) => names.includes(name))
    if (known !== undefined) {
      found[field] = header[names.indexOf(known)]
    }
  }
  return found
}

/** What differs from what the importer does by itself: only that need be sent. */
export function changedColumns(mapping: ColumnMapping, recognised: ColumnMapping): ColumnMapping {
  return Object.fromEntries(
    Object.entries(mapping).filter(([field, name]) => name !== recognised[field as OrderField]),
  )
}

export function missingColumns(mapping: ColumnMapping): OrderField[] {
  const missing = REQUIRED_FIELDS.filter((field) => !mapping[field])
  return mapping.unit_price || mapping.line_total ? missing : [...missing, "unit_price"]
}

/** "Lineitem SKU", "line_item-sku" and "LINEITEMSKU" are one name. */
function normalise(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
}
