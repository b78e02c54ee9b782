import {
  countryCode,
  DateEvidence,
  mapColumns,
  NumberEvidence,
  parseDate,
  parseNumber,
  ServiceLines,
  TimeZone,
} from ".."

const utc = new TimeZone("UTC")
const iso = (text: string, order: "dmy" | "mdy" = "dmy", zone = utc) => {
  const at = parseDate(text, zone, order)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

describe("dates of an order history", () => {
  it.each([
    ["2010-12-01 08:26:00", "2010-12-01T08:26:00.000Z"],
    ["2010-12-01", "2010-12-01T00:00:00.000Z"],
    ["2010-12-01T08:26", "2010-12-01T08:26:00.000Z"],
    ["2010-12-01T08:26:00.250Z", "2010-12-01T08:26:00.250Z"],
    ["2023-01-15 10:20:30 -0500", "2023-01-15T15:20:30.000Z"],
    ["2023-01-15T10:20:30+05:30", "2023-01-15T04:50:30.000Z"],
    ["2023-01-15 10:20:30 UTC", "2023-01-15T10:20:30.000Z"],
    ["2023/01/15 10:20", "2023-01-15T10:20:00.000Z"],
    ["1/12/2010 8:26", "2010-12-01T08:26:00.000Z"],
    ["04.03.2021 05:06", "2021-03-04T05:06:00.000Z"],
    ["Mar 4, 2021 5:06:07 PM", "2021-03-04T17:06:07.000Z"],
    ["March 4th, 2021", "2021-03-04T00:00:00.000Z"],
    ["4 March 2021 12:00 am", "2021-03-04T00:00:00.000Z"],
    ["1614834367", "2021-03-04T05:06:07.000Z"],
    ["1614834367000", "2021-03-04T05:06:07.000Z"],
  ])("reads %s", (text, expected) => expect(iso(text)).toBe(expected))

  it.each([
    "",
    "yesterday",
    "2021-02-29",
    "2021-13-01",
    "2021-00-10",
    "31/04/2021",
    "2021-01-01 24:00:00",
    "12",
    "4 Mai",
  ])("takes %p for no date", (text) => expect(iso(text)).toBeNull())

  it("takes month first when told so, but never with points", () => {
    expect(iso("03/04/2021", "mdy")).toBe("2021-03-04T00:00:00.000Z")
    expect(iso("03.04.2021", "mdy")).toBe("2021-04-03T00:00:00.000Z")
  })

  it("reads wall-clock time in its zone on both sides of the clock change", () => {
    const london = new TimeZone("Europe/London")
    expect(iso("2011-01-01 12:00:00", "dmy", london)).toBe("2011-01-01T12:00:00.000Z")
    expect(iso("2011-07-01 12:00:00", "dmy", london)).toBe("2011-07-01T11:00:00.000Z")
    expect(iso("2011-03-27 00:59:00", "dmy", london)).toBe("2011-03-27T00:59:00.000Z")
    expect(iso("2011-03-27 02:01:00", "dmy", london)).toBe("2011-03-27T01:01:00.000Z")
    expect(iso("2011-10-30 01:30:00", "dmy", london)).toBe("2011-10-30T00:30:00.000Z")
    expect(iso("2011-10-30 02:30:00", "dmy", london)).toBe("2011-10-30T02:30:00.000Z")
    expect(iso("2011-03-13 03:30:00", "dmy", new TimeZone("America/New_York"))).toBe(
      "2011-03-13T07:30:00.000Z",
    )
    expect(() => new TimeZone("Mars/Olympus")).toThrow(/"Mars\/Olympus" is not a known time zone/)
  })
})

describe("day or month first, by the whole file", () => {
  const decide = (dates: string[], stated?: "dmy" | "mdy") => {
    const evidence = new DateEvidence()
    dates.forEach((date, index) => evidence.see(date, index + 2))
    return evidence.decide(stated)
  }

  it("is told by a number above twelve", () => {
    expect(decide(["01/02/2021", "25/02/2021"])).toBe("dmy")
    expect(decide(["01/02/2021", "02/25/2021"])).toBe("mdy")
  })

  it("is told by the order of time when no number decides", () => {
    expect(decide(["01/02/2021", "02/02/2021", "03/02/2021", "01/03/2021"])).toBe("dmy")
    expect(decide(["02/01/2021", "02/02/2021", "02/03/2021", "03/01/2021"])).toBe("mdy")
  })

  it("is refused, with the lines, when the file says both, and when it says nothing", () => {
    expect(() => decide(["25/02/2021", "02/25/2021"])).toThrow(/Line 2 has the day first, line 3 the month/)
    expect(() => decide(["01/02/2021"])).toThrow(/"01\/02\/2021" can be read two ways/)
    expect(decide(["01/02/2021"], "mdy")).toBe("mdy")
  })
})

describe("numbers of an order history", () => {
  it.each([
    ["2.55", ".", 2.55],
    ["-10", ".", -10],
    ["1,234.50", ".", 1234.5],
    ["1.234,50", ",", 1234.5],
    ["1.234", ",", 1234],
    ["1,234", ".", 1234],
    ["12.5", ",", 12.5],
    ["0,99", ",", 0.99],
    ["£2.55", ".", 2.55],
    ["2,55 €", ",", 2.55],
    ["(3)", ".", -3],
    ["\u22123", ".", -3],
    ["1 000,5", ",", 1000.5],
  ] as const)("reads %s with decimal %s", (text, decimal, expected) =>
    expect(parseNumber(text, decimal)).toBe(expected),
  )

  it.each(["", "abc", "1.2.3", "--1", "1e5", "12,34,5", "NaN"])("takes %p for no number", (text) =>
    expect(parseNumber(text, ".")).toBeNaN(),
  )

  it("finds the decimal sign of the whole file", () => {
    const decimal = (...texts: string[]) => {
      const evidence = new NumberEvidence()
      texts.forEach((text) => evidence.see(text))
      return evidence.decimal
    }
    expect(decimal("1,234", "2.55")).toBe(".")
    expect(decimal("1.234", "2,55")).toBe(",")
    expect(decimal("1.234,00")).toBe(",")
    expect(decimal("1,234,567")).toBe(".")
    expect(decimal("6", "7")).toBe(".")
  })
})

describe("countries of an order history", () => {
  it.each([
    ["United Kingdom", "gb"],
    ["UK", "gb"],
    ["GB", "gb"],
    ["EIRE", "ie"],
    ["RSA", "za"],
    ["USA", "us"],
    ["Czech Republic", "cz"],
    ["Hong Kong", "hk"],
    ["Côte d'Ivoire", "ci"],
    ["de", "de"],
    ["United Arab Emirates", "ae"],
    ["Unspecified", null],
    ["European Community", null],
  ])("reads %s", (text, expected) => expect(countryCode(text)).toBe(expected))
})

describe("columns of an order history", () => {
  const headers = (line: string) => line.split(",")

  it.each([
    [
      "csv",
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
      [0, 4, 1, 3, 5, 2, 6],
    ],
    [
      "csv",
      "order_id,date,customer,email,sku,title,quantity,unit_price,currency,country",
      [0, 1, 4, 6, 7, 5, 2],
    ],
    [
      "shopify",
      "Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku",
      [0, 4, 8, 5, 7, 6, -1],
    ],
    [
      "woocommerce",
      "Order Number,Order Status,Order Date,Country Code (Billing),Email (Billing),SKU,Item Name,Quantity,Item Cost",
      [0, 2, 5, 7, 8, 6, -1],
    ],
    [
      "magento",
      "increment_id,created_at,customer_email,sku,name,qty_ordered,price,order_currency_code",
      [0, 1, 3, 5, 6, 4, -1],
    ],
  ])("are found in a %s export: %s", (format, line, expected) => {
    const columns = mapColumns(headers(line))
    const { order, date, sku, quantity, unit_price, title, customer } = columns.index
    expect(columns.format).toBe(format)
    expect([order, date, sku, quantity, unit_price, title, customer]).toEqual(expected)
  })

  it("are taken as mapped, by their exact or their normalised name", () => {
    const { index } = mapColumns(headers("Bon,Tag,Artikel,Menge,Preis"), {
      order: "Bon",
      date: "tag",
      sku: "Artikel",
      unit_price: "PREIS",
    })
    expect([index.order, index.date, index.sku, index.quantity, index.unit_price]).toEqual([0, 1, 2, 3, 4])
  })

  it("are missed by name, with the headers that were found", () => {
    expect(() => mapColumns(headers("order_id,date,quantity"))).toThrow(
      'No column found for sku, unit_price (or line_total). The file has: "order_id", "date", "quantity".',
    )
    expect(() => mapColumns(headers("order_id,date,sku,quantity,price"), { sku: "Code" })).toThrow(
      'No such column: sku = "Code"',
    )
  })
})

describe("service lines", () => {
  it("are known by code without case, by prefix where a star stands, and can be replaced", () => {
    const services = new ServiceLines()
    expect(["POST", "post", "m", "Bank Charges", "gift_0001_20"].filter((sku) => !services.has(sku))).toEqual(
      [],
    )
    expect(["85123A", "POSTCARD", "MUG", "DCGS0003"].filter((sku) => services.has(sku))).toEqual([])
    expect(new ServiceLines(["85123*"]).has("85123A")).toBe(true)
    expect(new ServiceLines(["85123*"]).has("POST")).toBe(false)
  })
})
