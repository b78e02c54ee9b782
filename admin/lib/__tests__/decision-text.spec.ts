import { explainedText, textData, type Formats } from "../decision-text"

const formats: Formats = {
  money: (amount, code) => `${amount.toFixed(2)} ${code.toUpperCase()}`,
  number: String,
  decimal: (value) => `#${value}`,
  percent: (share) => `${share * 100}%`,
  minutes: (value) => `${value} min`,
  dateTime: (value) => `at ${value}`,
}
const words: Record<string, string> = {
  "periods.day": "a day",
  "guard.scopes.store": "all marketing",
  "general.yes": "Yes",
  "shippedPlacements.home": "Home page",
  "explanation.unknown": "unknown",
}
const text = (data: Parameters<typeof textData>[0]) => textData(data, formats, (key) => words[key])

test("numbers beside a currency are money, whether they come as numbers or written with decimals", () => {
  expect(text({ limit: 50, used: 49.5, currency_code: "eur" })).toEqual({
    limit: "50.00 EUR",
    used: "49.50 EUR",
    currency_code: "EUR",
  })
  expect(text({ value: "150.00", currency: "EUR", minutes: 60 })).toEqual({
    value: "150.00 EUR",
    currency: "EUR",
    minutes: "60 min",
  })
})

test("a budget that counts acts has no currency, so its numbers stay numbers", () => {
  expect(text({ limit: 50, used: 50, currency_code: null, period: "day", scope: "store" })).toEqual({
    limit: "#50",
    used: "#50",
    currency_code: "–",
    period: "a day",
    scope: "all marketing",
  })
})

test("counts beside a currency stay counts", () => {
  expect(text({ lines: 3, contacts: 2, value: 9, currency_code: "eur" })).toMatchObject({
    lines: "#3",
    contacts: "#2",
    value: "9.00 EUR",
  })
})

test("times are read from ISO texts and from milliseconds", () => {
  expect(text({ expires_at: 0, until: "2026-11-24T10:00:00.000Z" })).toEqual({
    expires_at: "at 1970-01-01T00:00:00.000Z",
    until: "at 2026-11-24T10:00:00.000Z",
  })
})

test("a word without a translation stays as it came", () => {
  expect(text({ per: "fortnight", from: "22:00" })).toEqual({ per: "fortnight", from: "22:00" })
})

test("an explained value is written as its unit says", () => {
  const said = (
    value: Parameters<typeof explainedText>[0],
    unit: "money" | "minutes" | "days" | "time" | "text",
  ) => explainedText(value, { name: "placement", unit, currency_code: "eur" }, formats, (key) => words[key])
  expect(said(12.5, "money")).toBe("12.50 EUR")
  expect(said(90, "minutes")).toBe("90 min")
  expect(said(2, "days")).toBe("2880 min")
  expect(said("2026-11-24T10:00:00.000Z", "time")).toBe("at 2026-11-24T10:00:00.000Z")
  expect(said("home", "text")).toBe("Home page")
  expect(said("mine", "text")).toBe("mine")
  expect(said(true, "text")).toBe("Yes")
  expect(said(null, "money")).toBe("unknown")
})
