/** The admin shows which columns it recognises before the upload: it must show what the importer then takes. */
import { ORDER_FIELDS, recogniseColumns } from "../../admin/lib/order-columns"
import { ORDER_FIELDS as IMPORTED_FIELDS, mapColumns } from "../../src/core/signals/order-history/columns"

const HEADERS: Record<string, string[]> = {
  "UCI online retail": [
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
  ],
  Shopify: [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Created at",
    "Currency",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem sku",
    "Shipping Country",
    "Billing Country",
    "Cancelled at",
    "Id",
    "Customer ID",
  ],
  WooCommerce: [
    "Order Number",
    "Order Status",
    "Order Date",
    "Customer User ID",
    "Email (Billing)",
    "Country Code (Shipping)",
    "SKU",
    "Item Name",
    "Quantity",
    "Item Cost",
    "Order Line Total",
    "Order Currency",
  ],
  Magento: [
    "increment_id",
    "created_at",
    "status",
    "customer_id",
    "customer_email",
    "sku",
    "name",
    "qty_ordered",
    "price",
    "row_total",
    "order_currency_code",
    "shipping_country_id",
  ],
  "a shop in German": [
    "Bestellnummer",
    "Bestelldatum",
    "Artikelnummer",
    "Bezeichnung",
    "Menge",
    "Einzelpreis",
    "Land",
  ],
  "a shop in Chinese": ["订单号", "下单时间", "商品编码", "商品名称", "数量", "单价"],
  "totals of lines only": [
    "order",
    "date",
    "sku",
    "qty",
    "amount",
    "currency_code",
    "orderstatus",
    "canceled_at",
    "buyer email",
  ],
}

test("the admin knows the importer's fields", () => {
  expect([...ORDER_FIELDS]).toEqual([...IMPORTED_FIELDS])
})

test.each(Object.entries(HEADERS))(
  "the admin recognises the columns of %s as the importer does",
  (_name, header) => {
    const { index } = mapColumns(header)
    const taken = Object.fromEntries(
      IMPORTED_FIELDS.filter((field) => index[field] >= 0).map((field) => [field, header[index[field]]]),
    )
    expect(recogniseColumns(header)).toEqual(taken)
  },
)
