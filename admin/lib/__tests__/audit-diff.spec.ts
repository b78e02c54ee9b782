import { differencesOf } from "../audit-diff"

test("only what differs is told, each with its own name", () => {
  expect(
    differencesOf(
      { mode: "shadow", guard: { daily_limit: null } },
      { mode: "on", guard: { daily_limit: null } },
    ),
  ).toEqual([{ field: "mode", path: "mode", before: "shadow", after: "on", currency: null }])
})

test("an amount by currency is named after what it is an amount of", () => {
  expect(
    differencesOf(
      { settings: { minimum: { eur: 15000 } } },
      { settings: { minimum: { eur: 20000, usd: 9000 } } },
    ),
  ).toEqual([
    { field: "minimum", path: "settings.minimum.eur", before: 15000, after: 20000, currency: "eur" },
    { field: "minimum", path: "settings.minimum.usd", before: undefined, after: 9000, currency: "usd" },
  ])
})

test("a budget's limit is money of its currency, or a count without one", () => {
  const budget = { scope: "store", currency_code: "eur", limit: 500 }
  expect(differencesOf(budget, { ...budget, limit: 600 })).toMatchObject([
    { field: "limit", currency: "eur" },
  ])
  const acts = { ...budget, currency_code: null }
  expect(differencesOf(acts, { ...acts, limit: 600 })).toMatchObject([{ field: "limit", currency: null }])
})

test("places in a list and things made or removed are told too", () => {
  expect(differencesOf({ caps: [{ most: 2, per: "day" }] }, { caps: [{ most: 3, per: "day" }] })).toEqual([
    { field: "most", path: "caps.0.most", before: 2, after: 3, currency: null },
  ])
  expect(differencesOf(null, { until: "2026-12-01" })).toEqual([
    { field: "until", path: "until", before: undefined, after: "2026-12-01", currency: null },
  ])
  expect(differencesOf({ quiet_hours: { from: "21:00", to: "08:00" } }, { quiet_hours: null })).toHaveLength(
    2,
  )
})

test("what was not there and what is now false are no difference", () => {
  expect(differencesOf({ mode: "on" }, { mode: "on", tripped: false })).toEqual([])
  expect(differencesOf({ mode: "on" }, { mode: "on", tripped: true })).toHaveLength(1)
})

test("a short word with a text under it is no currency", () => {
  expect(differencesOf({ a: { per: "day" } }, { a: { per: "week" } })).toEqual([
    { field: "per", path: "a.per", before: "day", after: "week", currency: null },
  ])
})
