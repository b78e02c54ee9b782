import { gzipSync } from "node:zlib"
import { readHeader } from "../csv-header"

const file = (content: string | Uint8Array, name = "orders.csv") => new File([content as BlobPart], name)

test("reads the names of a comma-separated file and leaves out its byte order mark", async () => {
  expect(await readHeader(file("\uFEFFInvoiceNo,StockCode , Quantity\n1,A,2\n"))).toEqual([
    "InvoiceNo",
    "StockCode",
    "Quantity",
  ])
})

test("finds semicolons and tabs by themselves", async () => {
  expect(await readHeader(file("Bestellnummer;Preis, netto;Menge\r\n1;2,50;3\r\n"))).toEqual([
    "Bestellnummer",
    "Preis, netto",
    "Menge",
  ])
  expect(await readHeader(file("order\tsku\n1\tA\n"))).toEqual(["order", "sku"])
})

test("keeps separators and line breaks inside quotes", async () => {
  expect(await readHeader(file('"Order, no.","Line\nbreak",SKU\n1,2,3\n'))).toEqual([
    "Order, no.",
    "Line\nbreak",
    "SKU",
  ])
})

test("unpacks a gzipped file by its content, whatever its name", async () => {
  expect(await readHeader(file(new Uint8Array(gzipSync("order,date\n1,2\n")), "orders.csv"))).toEqual([
    "order",
    "date",
  ])
})

test("reads only the beginning of a large file", async () => {
  const rows = "1,2011-01-01\n".repeat(500_000)
  expect(await readHeader(file(new Uint8Array(gzipSync(`order,date\n${rows}`)), "orders.csv.gz"))).toEqual([
    "order",
    "date",
  ])
})

test("an empty file has no columns", async () => {
  expect(await readHeader(file(""))).toEqual([])
})
