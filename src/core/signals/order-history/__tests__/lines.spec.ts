import fc from "fast-check"
import {
  Catalogue,
  customerKey,
  detectDelimiter,
  EncodingEvidence,
  FileSurvey,
  LineReader,
  mapColumns,
  Occurrences,
  refuseBinary,
  ServiceLines,
  skipFileLine,
  TimeZone,
  toEvent,
  type FileReading,
} from ".."
import { timeOfEventId } from "../../event-id"

const UCI = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country".split(",")
const reading: FileReading = {
  zone: new TimeZone("UTC"),
  dateOrder: "dmy",
  decimal: ".",
  cancellationPrefix: true,
  currency: "gbp",
  services: new ServiceLines(),
  now: Date.UTC(2026, 0, 1),
}
const reader = (header = UCI, change: Partial<FileReading> = {}) =>
  new LineReader(mapColumns(header), { ...reading, ...change })
const fields = (line: string) => line.split(",")
const good =
  "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom"

describe("a line of an order history", () => {
  it("is a purchase", () => {
    const lines = reader()
    expect(lines.read(fields(good))).toBeNull()
    expect(lines.line).toEqual({
      kind: "purchase",
      order: "536365",
      sku: "85123A",
      title: "WHITE HANGING HEART T-LIGHT HOLDER",
      occurred_at: Date.UTC(2010, 11, 1, 8, 26),
      quantity: 6,
      unit_price: 2.55,
      currency_code: "gbp",
      country_code: "gb",
      customer: "17850",
      email: "",
    })
  })

  it.each([
    ["a cancellation invoice", "C536379,22556,PLASTERS,-1,2010-12-01 09:41:00,1.65,14527,France"],
    ["a negative quantity with a price", "536379,22556,PLASTERS,-1,2010-12-01 09:41:00,1.65,14527,France"],
    ["a cancellation without a customer", "C537251,22429,JUG,-1,2010-12-06 10:45:00,4.25,NA,United Kingdom"],
  ])("is a return when it is %s", (_, line) => {
    const lines = reader()
    expect(lines.read(fields(line))).toBeNull()
    expect(lines.line).toMatchObject({ kind: "return", quantity: 1 })
  })

  it.each([
    ["missing_order", ",85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,France", ""],
    ["missing_sku", "536365,,HEART,6,2010-12-01 08:26:00,2.55,17850,France", ""],
    ["service_line", "536365,POST,POSTAGE,1,2010-12-01 08:26:00,18,12583,France", "POST"],
    ["service_line", "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,-11062.06,NA,United Kingdom", "B"],
    ["bad_date", "536365,85123A,HEART,6,32.13.2010,2.55,17850,France", "32.13.2010"],
    ["bad_date", "536365,85123A,HEART,6,2031-01-01,2.55,17850,France", "2031-01-01"],
    ["bad_quantity", "536365,85123A,HEART,six,2010-12-01,2.55,17850,France", "six"],
    ["bad_quantity", "536365,85123A,HEART,0,2010-12-01,2.55,17850,France", "0"],
    ["bad_price", "536365,85123A,HEART,6,2010-12-01,free,17850,France", "free"],
    ["bad_price", "536365,85123A,HEART,6,2010-12-01,-2,17850,France", "-2"],
    ["stock_adjustment", "537032,21275,?,-30,2010-12-03 16:50:00,0.00,NA,United Kingdom", "-30"],
    ["stock_adjustment", "536941,22734,amazon,20,2010-12-03 12:08:00,0.00,NA,United Kingdom", "20"],
    ["no_title_no_price", "536414,22139,NA,56,2010-12-01 11:52:00,0.00,NA,United Kingdom", ""],
  ])("is skipped as %s: %s", (reason, line, detail) => {
    const lines = reader()
    expect([lines.read(fields(line)), lines.detail]).toEqual([reason, detail])
  })

  it("keeps a gift to a known customer and a country nobody understands", () => {
    const lines = reader()
    expect(lines.read(fields("537197,22841,CAKE TIN,1,2010-12-05 14:02:00,0.00,12647,Narnia"))).toBeNull()
    expect(lines.line).toMatchObject({ kind: "purchase", unit_price: 0, country_code: null })
  })

  it("is skipped for a currency that does not exist, and takes the file's when it names none", () => {
    const header = ["order_id", "date", "sku", "quantity", "unit_price", "currency"]
    const lines = reader(header)
    expect(lines.read(fields("1,2020-01-01,A1,1,5,QQQ"))).toBe("unknown_currency")
    expect(lines.read(fields("2,2020-01-01,A1,1,5,EUR"))).toBeNull()
    expect(lines.line.currency_code).toBe("eur")
    expect(lines.read(fields("3,2020-01-01,A1,1,5,"))).toBeNull()
    expect(lines.line.currency_code).toBe("gbp")
  })

  it("takes date, customer and currency from the first row of its order, and nothing from another order", () => {
    const lines = reader(
      "Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku".split(
        ",",
      ),
    )
    expect(lines.read(fields("#1,Ann@Example.com,paid,EUR,2023-01-15 10:20:30 -0500,1,Mug,5,MUG"))).toBeNull()
    expect(lines.read(fields("#1,,,,,2,Cup,6,CUP"))).toBeNull()
    expect(lines.line).toMatchObject({ email: "ann@example.com", currency_code: "eur", quantity: 2 })
    expect(lines.read(fields("#2,,,,,2,Cup,6,CUP"))).toBe("bad_date")
    expect(lines.read(fields("#3,b@example.com,refunded,EUR,2023-01-16 10:20:30 -0500,1,Mug,5,MUG"))).toBe(
      "cancelled_order",
    )
    expect(lines.read(fields("#3,,,,,1,Cup,6,CUP"))).toBe("cancelled_order")
  })

  it("takes an e-mail in the customer column as one, and a line total for a price", () => {
    const lines = reader(["order", "date", "sku", "qty", "line total", "customer"])
    expect(lines.read(fields("1,2020-01-01,A1,4,10,Bo@Example.com"))).toBeNull()
    expect(lines.line).toMatchObject({ unit_price: 2.5, email: "bo@example.com", customer: "" })
  })

  it("is a purchase in a shop whose order numbers all begin with C", () => {
    const survey = new FileSurvey(mapColumns(UCI))
    const line = fields("C100,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,France")
    survey.see(line, 2)
    const lines = reader(UCI, survey.conclude({}))
    expect(lines.read(line)).toBeNull()
    expect(lines.line.kind).toBe("purchase")
  })
})

describe("events of an order history", () => {
  const owner = { product_id: "prod_1", variant_id: "variant_1", customer_id: "cus_1" }
  const lines = reader()
  lines.read(fields(good))

  it("carry their time in the id, Medusa's ids, an order id that is none of Medusa's, and nobody's name", () => {
    const event = toEvent(lines.line, 0, "old-shop", owner)
    expect(timeOfEventId(event.id)).toBe(lines.line.occurred_at)
    expect(event).toMatchObject({
      type: "item_purchased",
      source: "import",
      product_id: "prod_1",
      customer_id: "cus_1",
      order_id: "old-shop:536365",
      data: { variant_id: "variant_1", sku: "85123A", quantity: 6, unit_price: 2.55, currency_code: "gbp" },
    })
    expect(JSON.stringify(event)).not.toContain("17850")
  })

  it("have the same id each time, and another for the next equal line, another source, order or SKU", () => {
    const id = (nth = 0, source = "a", change = {}) =>
      toEvent({ ...lines.line, ...change }, nth, source, owner).id
    expect(id()).toBe(id())
    expect(
      new Set([id(), id(1), id(0, "b"), id(0, "a", { order: "1" }), id(0, "a", { sku: "1" })]).size,
    ).toBe(5)
  })

  it("count equal lines as a plain map would", () => {
    const word = fc.string({ minLength: 0, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { maxLength: 6_000, size: "max" }), (pairs) => {
        const naive = new Map<string, number>()
        const compact = new Occurrences()
        let wrong = 0
        for (const [order, sku] of pairs) {
          const key = JSON.stringify([order, sku])
          const nth = naive.get(key) ?? 0
          naive.set(key, nth + 1)
          wrong += Number(compact.next(order, sku) !== nth)
        }
        expect(wrong).toBe(0)
      }),
      { numRuns: 10, seed: 7 },
    )
    const compact = new Occurrences()
    let repeated = 0
    for (let i = 0; i < 500_000; i++) {
      repeated += compact.next(`${536365 + (i >> 4)}`, `${20000 + (i & 15)}A`)
    }
    expect(repeated).toBe(0)
  })
})

describe("the catalogue of a file", () => {
  it("takes a product's last title that was sold, and the median of its last prices by currency", () => {
    const catalogue = new Catalogue()
    const lines = reader()
    const see = (title: string, price: number, quantity = 1, customer = "1") => {
      expect(
        lines.read(["1", "A1", title, String(quantity), "2020-01-01", String(price), customer, "France"]),
      ).toBeNull()
      catalogue.see(lines.line)
    }
    see("Old name", 5)
    see("New name", 6)
    see("New name", 100)
    see("damaged", 0)
    see("New name", 1, -1)
    const facts = catalogue.skus.get("A1")!
    expect(facts.title).toBe("New name")
    expect(facts.prices.get("gbp")!.median).toBe(6)
  })

  it("knows a customer by number, else by e-mail, else not at all", () => {
    expect(customerKey({ customer: "7", email: "a@b.c" })).toBe("number:7")
    expect(customerKey({ customer: "", email: "a@b.c" })).toBe("email:a@b.c")
    expect(customerKey({ customer: "", email: "" })).toBeNull()
  })
})

describe("the form of a file", () => {
  it("is refused when it is a spreadsheet, empty or no text", () => {
    expect(() => refuseBinary(Buffer.from("PK\u0003\u0004"))).toThrow(/Save the table as CSV/)
    expect(() => refuseBinary(Buffer.alloc(0))).toThrow(/empty/)
    expect(() => refuseBinary(Buffer.from([1, 0, 2]))).toThrow(/not a text file/)
  })

  it("shows its delimiter in the header, outside quotes", () => {
    expect(detectDelimiter('"a,b,c";b;c\n1,2,3,4,5')).toBe(";")
    expect(detectDelimiter("a\tb\tc")).toBe("\t")
    expect(detectDelimiter("a,b")).toBe(",")
  })

  it("shows its encoding, though a letter is cut in two between pieces", () => {
    const encoding = (...pieces: Buffer[]) => {
      const evidence = new EncodingEvidence()
      pieces.forEach((piece) => evidence.see(piece))
      return evidence.encoding
    }
    const utf8 = Buffer.from("sku,title\n1,Käse")
    expect(encoding(utf8.subarray(0, 14), utf8.subarray(14))).toBe("utf-8")
    expect(encoding(Buffer.from("1,Käse", "latin1"))).toBe("windows-1252")
    expect(encoding(Buffer.from("\ufeffa,b", "utf16le"))).toBe("utf-16le")
    expect(encoding(Buffer.concat([utf8, Buffer.from("é", "utf8"), Buffer.from([0xff])]))).toBe("utf-8")
  })

  it("is safe to open in a spreadsheet when skipped lines are downloaded", () => {
    expect(skipFileLine([12, "bad_price", "=1+1", '#1 "x", y', "+SKU"])).toBe(
      `12,bad_price,'=1+1,"#1 ""x"", y",'+SKU\r\n`,
    )
  })
})
