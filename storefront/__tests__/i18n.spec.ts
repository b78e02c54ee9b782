import { formatPrice, languageOf, reasonText } from "../i18n"

test("counts stand in the reason, in English and Chinese", () => {
  const reason = { code: "bought_together", data: { product_id: "p", together: 64, of: 1210 } } as const
  expect(reasonText(reason, "en")).toBe("64 of 1,210 buyers also took this")
  expect(reasonText(reason, "zh-CN")).toBe("1,210 位买家中有 64 位也买了它")
})

test("every reason has a sentence, and an unknown one has none", () => {
  for (const locale of ["en-GB", "zh"]) {
    expect(
      reasonText({ code: "shoppers_also_chose", data: { product_id: "p", shoppers: 3, of: 9 } }, locale),
    ).toMatch(/3/)
    expect(
      reasonText({ code: "similar", data: { product_id: "p", terms: ["linen", "blue"] } }, locale),
    ).toMatch(/linen/)
    expect(reasonText({ code: "similar", data: { product_id: "p", terms: [] } }, locale)).not.toMatch(/[{}:]/)
    expect(reasonText({ code: "popular", data: { buyers: 12, days: 30 } }, locale)).toMatch(/12/)
    expect(reasonText({ code: "new_arrival", data: { created_at: "2026-01-01" } }, locale)).toBeTruthy()
  }
  expect(reasonText({ code: "from_the_future", data: {} } as never, "en")).toBeUndefined()
})

test("counts too small to mean anything are not said", () => {
  expect(
    reasonText({ code: "shoppers_also_chose", data: { product_id: "p", shoppers: 1, of: 20 } }, "en"),
  ).toBe("Shoppers also chose this")
  expect(
    reasonText({ code: "bought_together", data: { product_id: "p", together: 2, of: 9 } }, "en"),
  ).not.toMatch(/\d/)
  expect(reasonText({ code: "popular", data: { buyers: 1, days: 30 } }, "zh")).not.toMatch(/\d/)
})

test("prices are written as their currency is in that language", () => {
  expect(formatPrice(12.5, "eur", "en")).toBe("€12.50")
  expect(formatPrice(1200, "jpy", "en")).toBe("¥1,200")
  expect(formatPrice(5, "not-a-currency", "en")).toBe("5 NOT-A-CURRENCY")
})

test("all ways to write Chinese are Chinese", () => {
  expect(["zh", "zh-CN", "zhCN", "zh-Hans"].map(languageOf)).toEqual(["zh", "zh", "zh", "zh"])
  expect(["en-US", "de", "", null].map(languageOf)).toEqual(["en", "en", "en", "en"])
})
